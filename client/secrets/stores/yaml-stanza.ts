import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { writeScalar } from '../../../server/yaml/edit';

/** What SOPS indents by when `.sops.yaml` does not say (getsops/sops stores/yaml). */
export const defaultYamlIndent = 4;

/** A stanza as SOPS writes it: `sops:` and its fields, each line with its break. */
export function writeYamlStanza(stanza: JsonObject, indent: number, lineBreak: string): string {
  return ['sops:', ...linesOf(stanza, indent, indent)].map((line) => line + lineBreak).join('');
}

const isCollection = (value: JsonValue): boolean => value instanceof Map || Array.isArray(value);

function linesOf(value: JsonValue, depth: number, indent: number): readonly string[] {
  const pad = ' '.repeat(depth);
  if (Array.isArray(value)) {
    // The first line of an item follows its dash; go-yaml indents the others by the dash and its blank at least.
    const inner = depth + Math.max(indent > 2 ? 2 : indent, 2);
    return (value as readonly JsonValue[]).flatMap((item) => {
      const [first = '', ...others] = isCollection(item)
        ? linesOf(item, inner, indent)
        : [scalarLines(item, inner)[0] ?? ''];
      return [`${pad}- ${first.trimStart()}`, ...others];
    });
  }
  if (!(value instanceof Map)) return [];
  return [...(value as ReadonlyMap<string, JsonValue>)].flatMap(([key, item]) => {
    const name = `${pad}${writeScalar(key)}:`;
    if (isCollection(item)) {
      const isEmpty = item instanceof Map ? item.size === 0 : Array.isArray(item) && item.length === 0;
      if (isEmpty) return [`${name} ${item instanceof Map ? '{}' : '[]'}`];
      return [name, ...linesOf(item, depth + indent, indent)];
    }
    const [first = '', ...others] = scalarLines(item, depth + indent);
    return [`${name} ${first}`, ...others];
  });
}

/** A text of several lines becomes a literal block. */
function scalarLines(value: JsonValue, depth: number): readonly string[] {
  if (typeof value !== 'string') return [value === null ? 'null' : typeof value === 'object' ? '' : String(value)];
  if (!value.includes('\n') || /^\s|\n\n$|[^\n\x20-\x7e]/.test(value)) return [writeScalar(value)];
  const lines = value.replace(/\n$/, '').split('\n');
  return [value.endsWith('\n') ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : ' '.repeat(depth) + line))];
}
