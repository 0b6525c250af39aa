import { openFile } from '../../yaml/file';
import { type YamlNode } from '../../yaml/node';
import { keyText } from '../../yaml/scalar';
import { type NodePath } from '../kustomize/node';

/** Path of the innermost value whose text or key reaches over an offset of a printed object. */
export function pathAtOffset(text: string, offset: number): NodePath {
  const path: (string | number)[] = [];
  let node = openFile('', text, 0).documents[0]?.document.root;
  while (node !== undefined) {
    const step = stepTo(node, offset);
    if (step === undefined) break;
    path.push(step.key);
    node = step.isKey ? undefined : step.node;
  }
  return path;
}

interface Step {
  readonly key: string | number;
  readonly node: YamlNode | undefined;
  /** True: the offset is in the key, not in the value. */
  readonly isKey: boolean;
}

function stepTo(node: YamlNode, offset: number): Step | undefined {
  const reaches = (part: YamlNode | undefined): boolean =>
    part !== undefined && part.start <= offset && offset < part.end;
  if (node.kind === 'map') {
    const entry = node.entries.find(({ key, value }) => reaches(key) || reaches(value));
    return entry && { key: keyText(entry.key), node: entry.value, isKey: reaches(entry.key) };
  }
  if (node.kind !== 'sequence') return undefined;
  const index = node.items.findIndex(reaches);
  return index < 0 ? undefined : { key: index, node: node.items[index], isKey: false };
}
