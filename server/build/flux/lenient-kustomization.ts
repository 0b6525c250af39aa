import { directoryOf } from '../../model/file-path';
import { isObject, type JsonObject } from '../../model/json';
import { valueOf } from '../../yaml/scalar';
import { type EngineFault } from '../kustomize/fault';
import { type LoadedKustomization } from '../kustomize/load/kustomization';
import { decodeKustomization } from '../kustomize/read/kustomization-file';
import { type RecordedFiles } from '../recorded-files';
import { generatedKustomization } from './generated-kustomization';

/**
 * The root kustomization without the fields that kustomize does not know: Flux reads and rewrites it first, which drops
 * them. `fault`: why kustomize refuses the file as it stands. undefined when something else is wrong with it.
 */
export function lenientKustomization(files: RecordedFiles, fault: EngineFault): LoadedKustomization | undefined {
  const isLenient = fault.code === 'field-unknown' || fault.code === 'kustomization-empty';
  const document = isLenient ? files.tree.yaml(fault.file)?.documents[0]?.document : undefined;
  const value = document && valueOf(document, document.root, 'kustomization');
  if (!isObject(value)) return undefined;
  const place = { kind: 'loaded', directory: directoryOf(fault.file), file: fault.file, document: 0 } as const;
  let fields: JsonObject = value;
  // Each round drops one field, so a file of fields that mean nothing ends.
  for (let rounds = 0; rounds < 100; rounds++) {
    const found = decodeKustomization(fields);
    if (found.kind === 'decoded') return { ...place, kustomization: found.kustomization, moved: found.moved };
    if (found.code === 'kustomization-empty') {
      const kustomization = { ...generatedKustomization([]), namespace: '' };
      return { ...place, kustomization, moved: { bases: 0, imageTags: 0 } };
    }
    const [field] = found.path;
    if (found.code !== 'field-unknown' || found.path.length !== 1) return undefined;
    fields = new Map([...fields].filter(([name]) => name !== field));
  }
  return undefined;
}
