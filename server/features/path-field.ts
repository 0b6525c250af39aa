import { type Path } from '../model/json';
import { type DocumentKind } from './document-schema';
import { tablePath } from './table-path';

/**
 * What a path may name and where it starts: `file`: folder of the file it stands in; `source`: root of the source of
 * a Flux Kustomization.
 */
export interface PathField {
  readonly from: 'file' | 'source';
  readonly offers: 'files' | 'directories' | 'both';
}

const fileField: PathField = { from: 'file', offers: 'files' };
const directoryField: PathField = { from: 'file', offers: 'directories' };
const entryField: PathField = { from: 'file', offers: 'both' };

// Fields of kustomize 5.8 that name files (api/types/kustomization.go).
const kustomizeFields: Readonly<Record<string, PathField>> = {
  'resources[]': entryField,
  'bases[]': directoryField,
  'components[]': directoryField,
  'crds[]': fileField,
  'configurations[]': fileField,
  'generators[]': entryField,
  'transformers[]': entryField,
  'validators[]': entryField,
  'patches[].path': fileField,
  'patchesStrategicMerge[]': fileField,
  'patchesJson6902[].path': fileField,
  'replacements[].path': fileField,
  'openapi.path': fileField,
  'configMapGenerator[].files[]': fileField,
  'configMapGenerator[].envs[]': fileField,
  'configMapGenerator[].env': fileField,
  'secretGenerator[].files[]': fileField,
  'secretGenerator[].envs[]': fileField,
  'secretGenerator[].env': fileField,
  'helmCharts[].valuesFile': fileField,
  'helmCharts[].additionalValuesFiles[]': fileField,
};

/** undefined when the value at the path is no path into the repository. */
export function pathFieldAt(kind: DocumentKind, path: Path): PathField | undefined {
  const text = tablePath(path);
  if (kind.group === 'kustomize.config.k8s.io')
    return Object.hasOwn(kustomizeFields, text) ? kustomizeFields[text] : undefined;
  if (kind.group === 'kustomize.toolkit.fluxcd.io' && kind.kind === 'Kustomization' && text === 'spec.path')
    return { from: 'source', offers: 'directories' };
  return undefined;
}

/** The path inside an entry that may carry more: `name=file` of generator files. */
export function pathOfEntry(tableText: string, entry: string): string {
  return tableText.endsWith('Generator[].files[]') ? entry.slice(entry.indexOf('=') + 1) : entry;
}
