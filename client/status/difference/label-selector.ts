import { type LiveObject } from '../object-sink';

type Test = (labels: LiveObject) => boolean;

const textOf = (labels: LiveObject, key: string): string | undefined => {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return typeof value === 'string' ? value : undefined;
};

const forms: readonly (readonly [RegExp, (key: string, value: string) => Test])[] = [
  [
    /^([^\s=!,()]+)\s+in\s*\(([^()]*)\)$/,
    (key, values) => (labels) => listed(values).includes(textOf(labels, key) ?? '\0'),
  ],
  [
    /^([^\s=!,()]+)\s+notin\s*\(([^()]*)\)$/,
    (key, values) => (labels) => !listed(values).includes(textOf(labels, key) ?? '\0'),
  ],
  [/^([^\s=!,()]+)\s*!=\s*([^\s=!,()]*)$/, (key, value) => (labels) => textOf(labels, key) !== value],
  [/^([^\s=!,()]+)\s*={1,2}\s*([^\s=!,()]*)$/, (key, value) => (labels) => textOf(labels, key) === value],
  [/^!\s*([^\s=!,()]+)$/, (key) => (labels) => textOf(labels, key) === undefined],
  [/^([^\s=!,()]+)$/, (key) => (labels) => textOf(labels, key) !== undefined],
];

const listed = (values: string): readonly string[] => values.split(',').map((value) => value.trim());

/**
 * Whether labels match a selection in the text form of Kubernetes: `app=web,tier!=db,stage in (a, b),!legacy`.
 * @returns undefined when the text is no selection that can be read
 */
export function matchesSelector(selector: string, labels: LiveObject): boolean | undefined {
  const parts = selector.slice(0, 10_000).match(/(?:[^,()]|\([^()]*\))+/g) ?? [];
  let matches = true;
  for (const part of parts) {
    const text = part.trim();
    let test: Test | undefined;
    for (const [form, make] of forms) {
      const found = form.exec(text);
      if (found === null) continue;
      test = make(found[1] ?? '', found[2] ?? '');
      break;
    }
    if (test === undefined) return undefined;
    if (!test(labels)) matches = false;
  }
  return matches;
}
