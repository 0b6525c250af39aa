import { recipientFrom } from '../../support/bech32';
import { type Edit, unmarked } from './edit';
import { change } from './encrypted-files';
import { type Mutator, type Place } from './mutator';
import { type PlantedTree } from './tree';

const path = '.sops.yaml';

/** One place for each match of a pattern in `.sops.yaml`. */
function inConfig(
  what: string,
  pattern: RegExp,
  make: (text: string, from: number) => readonly Edit[] | undefined,
): (tree: PlantedTree) => Place[] {
  return ({ texts }) => {
    const text = texts.get(path) ?? '';
    return [...text.matchAll(new RegExp(pattern, 'gm'))].map(({ index }) => ({
      at: `${path}:${text.slice(0, index).split('\n').length} ${what}`,
      plant: () => {
        const edits = make(text, index);
        return edits && { edits };
      },
    }));
  };
}

/** An edit at or behind an offset. */
function changeFrom(
  text: string,
  from: number,
  pattern: RegExp,
  makeText: (found: string) => string,
): Edit | undefined {
  const edit = change({ path, text: text.slice(from) }, pattern, makeText);
  return edit && { ...edit, start: edit.start + from, end: edit.end + from };
}

const inList = (edit: Edit | undefined): readonly Edit[] | undefined => edit && [edit];

export const sopsConfigInvalid: Mutator = {
  code: 'sops-config-invalid',
  places: inConfig('has a misspelt field', /^ +(encrypted_regex|unencrypted_regex|key_groups|age):/, (text, from) =>
    inList(changeFrom(text, from, /(\w+):/, (found) => found.replace(/_|$/, '-'))),
  ),
};

export const sopsConfigSelectorConflict: Mutator = {
  code: 'sops-config-selector-conflict',
  places: inConfig('has two selections', /^ +encrypted_regex:/, (text, from) => {
    const edit = changeFrom(
      text,
      from,
      /^( +)encrypted_regex/,
      (indent) => `${indent}unencrypted_suffix: _plain\n${indent}`,
    );
    return (
      edit && [
        {
          ...unmarked(edit),
          text: `${edit.text}encrypted_regex`,
          end: edit.end + 'encrypted_regex'.length,
          mark: [edit.text.length, edit.text.length + 'encrypted_regex'.length],
        },
      ]
    );
  }),
};

export const sopsConfigRegex: Mutator = {
  code: 'sops-config-regex',
  places: inConfig('has an open group', /path_regex:/, (text, from) =>
    inList(changeFrom(text, from, /path_regex: (.*)$/m, () => '(?!secret)/.*')),
  ),
};

export const sopsConfigKeyGroupsAndFlat: Mutator = {
  code: 'sops-config-key-groups-and-flat',
  places: inConfig('has keys beside its groups', /^ +key_groups:/, (text, from) => {
    const edit = changeFrom(text, from, /^( +)key_groups/, (indent) => `${indent}age: ${recipientFrom(1)}\n${indent}`);
    const start = edit === undefined ? 0 : edit.text.indexOf('age');
    return edit && [{ ...edit, mark: [start, start + 'age'.length] }];
  }),
};

export const sopsConfigRuleShadowed: Mutator = {
  code: 'sops-config-rule-shadowed',
  places: inConfig('comes behind the same rule', /path_regex:/, (text, from) => {
    const first = /path_regex: (.*)$/m.exec(text)?.[1];
    if (first === undefined || text.indexOf('path_regex:') === from) return undefined;
    return inList(changeFrom(text, from, /path_regex: (.*)$/m, () => first));
  }),
};

export const sopsConfigUnusedRule: Mutator = {
  code: 'sops-config-unused-rule',
  places: inConfig('fits no file', /path_regex:/, (text, from) =>
    inList(changeFrom(text, from, /path_regex: (.*)$/m, () => `^no-such-folder-${from}/`)),
  ),
};
