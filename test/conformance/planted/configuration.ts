import { rules } from '../../../server/rules/index';
import { type Mutator } from './mutator';

const file = '.fluxwright.yaml';

/** A configuration of our own, with one thing in it that means nothing. */
const wrong = [...rules.map(({ code }) => `rules:\n  ${code}: «fatal»\n`), 'limits: «many»\n'];

export const configurationInvalid: Mutator = {
  code: 'configuration-invalid',
  places: (tree) =>
    tree.texts.has(file)
      ? []
      : wrong.map((text) => ({
          at: `${file} says ${text.replace(/\s+/g, ' ')}`,
          plant: () => {
            const mark = [text.indexOf('«'), text.indexOf('»') - 1] as const;
            return { edits: [{ file, start: 0, end: 0, text: text.replace(/[«»]/g, ''), mark }] };
          },
        })),
};
