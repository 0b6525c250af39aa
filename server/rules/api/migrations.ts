import { fieldHistory } from '../../../schemas/assemble';
import { findTable } from '../../../schemas/kinds/index';
import { isObject, itemsAt, type Path, stringAt, valueAt } from '../../model/json';
import { type YamlDocument } from '../../yaml/document';
import { placesOf } from '../../workspace/references';
import { type DeclaredObject } from '../declared-objects';
import { rewrite } from '../own-nodes';
import { type Edit } from '../rule';
import { mergePatchLists } from './patch-lists';

/** Writes a field that a newer version lacks in the newer form; undefined when that takes a person. */
type Migrate = (document: YamlDocument, object: DeclaredObject, path: Path) => readonly Edit[] | undefined;

const remove: Migrate = (_document, { at }, path) => [{ kind: 'remove', path: [...at, ...path] }];

/** Moves both lists of old patches at once: they become items of the same new one. */
const mergePatches: Migrate = (document, { at }, path) => mergePatchLists(document, [...at, ...path.slice(0, -1)]);

const listValuesFile: Migrate = (document, { at, value }, path) => {
  const file = stringAt(value, ...path);
  if (file === undefined) return undefined;
  const list = [...path.slice(0, -1), 'valuesFiles'];
  const others = itemsAt(value, ...list).filter((other) => typeof other === 'string');
  // The single file came before the list (source-controller, HelmChart v1beta2 `valuesFile`).
  const text = `[${[file, ...others].map((name) => JSON.stringify(name)).join(', ')}]`;
  const hasList = valueAt(value, list) !== undefined;
  const edit = rewrite(document, [...at, ...(hasList ? list : path)], text);
  if (edit === undefined) return undefined;
  return hasList
    ? [{ kind: 'remove', path: [...at, ...path] }, edit]
    : [{ kind: 'rename-key', path: [...at, ...path], text: 'valuesFiles' }, edit];
};

const moveSummary: Migrate = (_document, { at, value }, path) => {
  const summary = stringAt(value, ...path);
  if (summary === undefined) return undefined;
  const removal: Edit = { kind: 'remove', path: [...at, ...path] };
  const metadata = valueAt(value, ['spec', 'eventMetadata']);
  if (isObject(metadata)) {
    if (metadata.has('summary')) return [removal];
    const edit: Edit = {
      kind: 'insert',
      path: [...at, 'spec', 'eventMetadata'],
      key: 'summary',
      yaml: JSON.stringify(summary),
    };
    return [edit, removal];
  }
  if (metadata !== undefined) return undefined;
  const yaml = `summary: ${JSON.stringify(summary)}`;
  return [{ kind: 'insert', path: [...at, 'spec'], key: 'eventMetadata', yaml }, removal];
};

// A proxy address becomes a Secret, which no edit of this file can make.
const byHand: Migrate = () => undefined;

/** Fields that a version dropped, by kind (catalogue 1.2b, flux-2.10.md). */
const dropped: Readonly<Record<string, Readonly<Record<string, Migrate>>>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': {
    'spec.validation': remove,
    'spec.patchesStrategicMerge': mergePatches,
    'spec.patchesJson6902': mergePatches,
  },
  'helm.toolkit.fluxcd.io/HelmRelease': {
    'spec.chart.spec.valuesFile': listValuesFile,
    'spec.postRenderers[].kustomize.patchesStrategicMerge': mergePatches,
    'spec.postRenderers[].kustomize.patchesJson6902': mergePatches,
  },
  'source.toolkit.fluxcd.io/HelmChart': { 'spec.valuesFile': listValuesFile, 'spec.accessFrom': remove },
  'source.toolkit.fluxcd.io/GitRepository': { 'spec.gitImplementation': remove, 'spec.accessFrom': remove },
  'source.toolkit.fluxcd.io/HelmRepository': { 'spec.accessFrom': remove },
  'source.toolkit.fluxcd.io/Bucket': { 'spec.accessFrom': remove },
  'notification.toolkit.fluxcd.io/Alert': { 'spec.summary': moveSummary },
  'notification.toolkit.fluxcd.io/Provider': { 'spec.interval': remove, 'spec.proxy': byHand },
};

/**
 * Everything that has to change for an object to be of another version: the version text and the fields that are
 * gone there. undefined when one of them has no mechanical successor.
 */
export function migrateObject(document: YamlDocument, object: DeclaredObject, version: string): Edit[] | undefined {
  const { group, kind, at, value } = object;
  const apiVersion = { kind: 'replace', path: [...at, 'apiVersion'], text: `${group}/${version}` } as const;
  const edits: Edit[] = [apiVersion];
  const merged = new Set<string>();
  const table = findTable(group, kind);
  for (const [field, migrate] of Object.entries(dropped[`${group}/${kind}`] ?? {})) {
    if (table !== undefined && fieldHistory(table, field)?.[version] !== undefined) continue;
    for (const path of placesOf(value, field)) {
      const parent = path.slice(0, -1).join('.');
      if (migrate === mergePatches && merged.has(parent)) continue;
      merged.add(parent);
      const more = migrate(document, object, path);
      if (more === undefined) return undefined;
      edits.push(...more);
    }
  }
  return edits;
}

/** The same for one field that the written version already lacks; a field without a known successor is removed. */
export function migrateField(document: YamlDocument, object: DeclaredObject, path: Path): readonly Edit[] | undefined {
  const field = path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);
  const migrate = dropped[`${object.group}/${object.kind}`]?.[field] ?? byHand;
  return migrate(document, object, path);
}
