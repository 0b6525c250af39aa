import { relations, type Relation } from '../protocol';
import { type Viewport } from './viewport';

/** What the user chose to see; all that outlives a reload. No name or state of the graph but the ids chosen. */
export interface Choices {
  readonly cluster: string | undefined;
  readonly shows: 'graph' | 'list';
  readonly text: string;
  readonly hiddenKinds: readonly string[];
  readonly hiddenRelations: readonly Relation[];
  /** The node whose neighbours alone are shown. */
  readonly focus: string | undefined;
  /** The node that has or would get the keyboard. */
  readonly current: string | undefined;
  /** Absent until the user moved: the drawing then begins as it fits. */
  readonly viewport: Viewport | undefined;
}

export const noChoices: Choices = {
  cluster: undefined,
  shows: 'graph',
  text: '',
  hiddenKinds: [],
  hiddenRelations: [],
  focus: undefined,
  current: undefined,
  viewport: undefined,
};

/** Everything is shown. */
export const noFilter = { text: '', hiddenKinds: [], hiddenRelations: [], focus: undefined } satisfies Partial<Choices>;

/** Reads what was kept; whatever is not of the expected shape counts as not chosen. */
export function readChoices(kept: unknown): Choices {
  if (typeof kept !== 'object' || kept === null) return noChoices;
  const fields = kept as Readonly<Record<string, unknown>>;
  const texts = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((item) => typeof item === 'string').slice(0, 1_000) : [];
  const chosen = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    shows: fields['shows'] === 'list' ? 'list' : 'graph',
    text: chosen(fields['text']) ?? '',
    hiddenKinds: texts(fields['hiddenKinds']),
    hiddenRelations: relations.filter((relation) => texts(fields['hiddenRelations']).includes(relation)),
    cluster: chosen(fields['cluster']),
    focus: chosen(fields['focus']),
    current: chosen(fields['current']),
    viewport: readViewport(fields['viewport']),
  };
}

function readViewport(value: unknown): Viewport | undefined {
  const { x, y, scale } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isNumber = (number: unknown): number is number => typeof number === 'number' && Number.isFinite(number);
  return isNumber(x) && isNumber(y) && isNumber(scale) && scale > 0 ? { x, y, scale } : undefined;
}
