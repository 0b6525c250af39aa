import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { writeScalar } from '../../../server/yaml/edit';

/** What SOPS indents by when `.sops.yaml` does not say (getsops/sops stores/yaml). */
export const defaultYamlIndent = 4;

/** A stanza as SOPS writes it: `sops:` and its fields, each line with its break. */
export function writeYamlStanza(stanza: JsonObject, indent: number, lineBreak: string): string {
  return ['sops:', ...linesOf(stanza, indent, indent)].map((line) => line + lineBreak).join('');
}

const isCollection = (value: JsonValue): boolean => value instanceof Map || Array.isArray(value);

/** The next column that go-yaml indents to: a multiple of the step. */
const deeper = (depth: number, indent: number): number => indent * Math.floor((depth + indent) / indent);

function linesOf(value: JsonValue, depth: number, indent: number): readonly string[] {
  const pad = ' '.repeat(depth);
  if (Array.isArray(value)) {
    // The first line of an item follows its dash and a blank.
    return (value as readonly JsonValue[]).flatMap((item) => {
      const [first = '', ...others] = isCollection(item)
        ? linesOf(item, depth + 2, indent)
        : scalarLines(item, deeper(depth, indent));
      return [`${pad}- ${first.trimStart()}`, ...others];
    });
  }
  if (!(value instanceof Map)) return [];
  return [...(value as ReadonlyMap<string, JsonValue>)].flatMap(([key, item]) => {
    const name = `${pad}${writeScalar(key)}:`;
    const inner = deeper(depth, indent);
    if (!isCollection(item)) {
      const [first = '', ...others] = scalarLines(item, inner);
      return [`${name} ${first}`, ...others];
    }
    const isEmpty = item instanceof Map ? item.size === 0 : Array.isArray(item) && item.length === 0;
    return isEmpty ? [`${name} ${item instanceof Map ? '{}' : '[]'}`] : [name, ...linesOf(item, inner, indent)];
  });
}

/** A text of several lines becomes a literal block. */
function scalarLines(value: JsonValue, depth: number): readonly string[] {
  if (typeof value !== 'string') return [value === null ? 'null' : typeof value === 'object' ? '' : String(value)];
  if (!value.includes('\n') || /^\s|\n\n$|[^\n\x20-\x7e]/.test(value)) return [writeScalar(value)];
  const lines = value.replace(/\n$/, '').split('\n');
  return [value.endsWith('\n') ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : ' '.repeat(depth) + line))];
}
