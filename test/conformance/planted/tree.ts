import { isMap, isScalar, isSeq, parseAllDocuments, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { type FilePath } from '../../../server/model/file-path';
import { coverage } from '../coverage.mjs';
import { clusterEntries, readRepository, sharedRepositories } from '../support/shared-trees';
import { patchedFields, type PatchedFields } from './patched-fields';
import { peculiaritiesOf, type Peculiarities } from './peculiarities';

export type Path = readonly (string | number)[];

/** A key and its value in a map of block style, both on lines of their own. Offsets of the file's text. */
export interface Entry {
  readonly path: Path;
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** The value's scalar, without comment; undefined for maps, lists, aliases and what spans lines. */
  readonly value: { readonly start: number; readonly end: number; readonly data: unknown } | undefined;
  /** True when the key is the first thing on its line. */
  readonly isLineStart: boolean;
  readonly column: number;
  readonly node: YAMLMap | YAMLSeq | Scalar | undefined;
}

/** An object that a cluster applies, as read with the `yaml` library. */
export interface AppliedObject {
  readonly file: FilePath;
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly root: YAMLMap;
  // The tree of a YAML document has no narrower type.
  readonly value: Readonly<Record<string, unknown>>;
  readonly entries: readonly Entry[];
  /** Offsets of the document in the file, without its `---`. */
  readonly start: number;
  readonly end: number;
  /** `file:line` as `coverage.mjs` names it. */
  readonly id: string;
  entry(...path: Path): Entry | undefined;
}

/** An entry of a list of paths in a kustomization file. */
export interface ListedPath {
  readonly file: FilePath;
  readonly field: string;
  readonly text: string;
  /** Path in the repository that it names. */
  readonly target: FilePath;
  readonly start: number;
  readonly end: number;
}

/** A public repository as the mutators see it: nothing in it comes from the product. */
export interface PlantedTree {
  readonly name: string;
  readonly texts: ReadonlyMap<FilePath, string>;
  readonly objects: readonly AppliedObject[];
  /** Those of the files that make the clusters, in which nothing is changed. */
  readonly untouched: readonly AppliedObject[];
  readonly listed: readonly ListedPath[];
  readonly kustomizationFiles: readonly FilePath[];
  readonly patched: PatchedFields;
  readonly peculiarities: Peculiarities;
  /** Folder that the source of the entry points serves. */
  readonly sourceRoot: FilePath;
  /** Paths of the entry points. */
  readonly clusters: readonly FilePath[];
  /** Ids of Flux Kustomizations whose files are not in the repository. */
  readonly unresolved: ReadonlySet<string>;
  /** What Flux Kustomizations apply, by their id. */
  readonly applied: ReadonlyMap<string, readonly { readonly kind: string; readonly name: string }[]>;
  /** Namespace that an object has in the cluster; undefined when it has several or none. Known after a first run. */
  namespaceOf(object: AppliedObject): string | undefined;
}

export function readPlantedTree(name: string): Omit<PlantedTree, 'namespaceOf'> {
  const texts = readRepository(name);
  const entries = clusterEntries.filter((entry) => entry.repository === name);
  const covered = entries.map((entry) => coverage(`${sharedRepositories}/${name}`, entry));
  const places = new Set(covered.flatMap(({ rows }) => rows.map(({ file, line }) => `${file}:${line}`)));
  const peculiarities = peculiaritiesOf(name);
  const kustomizationFiles = [...new Set(covered.flatMap((one) => [...one.kustomizationFiles]))].sort();
  const files = [...new Set([...places].map((place) => place.slice(0, place.lastIndexOf(':'))))].sort();
  const objects = files.flatMap((file) => readObjects(file, texts.get(file) ?? '')).filter(({ id }) => places.has(id));
  const isUntouched = ({ file }: AppliedObject): boolean => peculiarities.entryPoints.includes(file);
  return {
    name,
    texts,
    objects: objects.filter((object) => !isUntouched(object)),
    untouched: objects.filter(isUntouched),
    listed: kustomizationFiles.flatMap((file) => readListed(file, texts.get(file) ?? '')),
    kustomizationFiles,
    patched: patchedFields(texts),
    peculiarities,
    sourceRoot: entries[0]?.sourceRoot ?? '',
    clusters: entries.map(({ cluster }) => cluster),
    unresolved: new Set(covered.flatMap(({ unresolved }) => unresolved)),
    applied: new Map(covered.flatMap(({ applied }) => [...applied])),
  };
}

function readObjects(file: FilePath, text: string): AppliedObject[] {
  const objects: AppliedObject[] = [];
  for (const document of parseAllDocuments(text, { logLevel: 'silent', strict: false })) {
    if (!('contents' in document) || document.errors.length > 0) continue;
    const root = document.contents;
    if (!isMap(root) || root.flow === true) continue;
    const value = document.toJS({ maxAliasCount: -1 }) as AppliedObject['value'];
    const { apiVersion, kind } = value;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') continue;
    // What stands encrypted is decided by the keys, not by this text.
    if (value['sops'] !== undefined) continue;
    const written = root.getIn(['metadata', 'name']);
    const name = typeof written === 'string' ? written : '';
    const entries = entriesOf(root, text);
    const [start, end] = [root.range[0], root.range[1]];
    objects.push({
      file,
      apiVersion,
      group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
      kind,
      name,
      root: root,
      value,
      entries,
      start,
      end,
      id: `${file}:${text.slice(0, start).split('\n').length - 1}`,
      entry: (...path) => entries.find((entry) => entry.path.join('\n') === path.join('\n')),
    });
  }
  return objects;
}

function entriesOf(root: YAMLMap, text: string): Entry[] {
  const found: Entry[] = [];
  const visit = (node: unknown, path: Path): void => {
    if (isSeq(node) && node.flow !== true) node.items.forEach((item, index) => visit(item, [...path, index]));
    if (!isMap(node) || node.flow === true) return;
    for (const pair of node.items) {
      const { key, value } = pair;
      if (!isScalar(key) || key.range == null || typeof key.value !== 'string') continue;
      const [keyStart, keyEnd] = key.range;
      const lineStart = text.lastIndexOf('\n', keyStart - 1) + 1;
      const here = [...path, key.value];
      found.push({
        path: here,
        key: key.value,
        keyStart,
        keyEnd,
        value: scalarOf(value, text),
        isLineStart: text.slice(lineStart, keyStart).trim() === '' && key.anchor === undefined,
        column: keyStart - lineStart,
        node: isScalar(value) || isMap(value) || isSeq(value) ? value : undefined,
      });
      visit(value, here);
    }
  };
  visit(root, []);
  return found;
}

function scalarOf(node: unknown, text: string): Entry['value'] {
  if (!isScalar(node) || node.range == null || node.anchor !== undefined || node.tag !== undefined) return undefined;
  const [start, end] = node.range;
  if (start === end || /[\n\r]/.test(text.slice(start, end)) || node.type?.startsWith('BLOCK') === true)
    return undefined;
  return { start, end, data: node.value };
}

const join = (folder: FilePath, path: string): FilePath => {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

function readListed(file: FilePath, text: string): ListedPath[] {
  const [document] = parseAllDocuments(text, { logLevel: 'silent' });
  const root = document !== undefined && 'contents' in document ? document.contents : undefined;
  if (!isMap(root)) return [];
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return ['resources', 'components'].flatMap((field) => {
    const list: unknown = root.get(field, true);
    if (!isSeq(list)) return [];
    return list.items.flatMap((item): ListedPath[] => {
      const span = scalarOf(item, text);
      if (span === undefined || typeof span.data !== 'string' || /:\/\/|^github\.com|\?ref=/.test(span.data)) return [];
      return [{ file, field, text: span.data, target: join(folder, span.data), start: span.start, end: span.end }];
    });
  });
}
