import { isObject, type JsonObject, type JsonValue, type Path } from '../../../model/json';
import { type Kustomization } from '../kustomization';
import { Decoder, type DecodeProblem, type Fields } from './decode';
import {
  decodeGenerator,
  decodeImage,
  decodeLabel,
  decodeOptions,
  decodePatch,
  decodeReplica,
  decodeSort,
  decodeVar,
} from './decode-parts';

/** A misfit in a kustomization file, and where it stands in its document. */
export interface KustomizationProblem {
  readonly kind: 'problem';
  readonly code: DecodeProblem['code'] | 'kustomization-empty' | 'kustomization-kind';
  readonly path: Path;
  readonly message: string;
}

// Fields of api/types/kustomization.go v0.21.1.
const textListFields = [
  'resources',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
  'patchesStrategicMerge',
  'buildMetadata',
  'bases',
] as const;
const fieldNames: ReadonlySet<string> = new Set([
  ...textListFields,
  ...['apiVersion', 'kind', 'metadata', 'openapi', 'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels'],
  ...['commonAnnotations', 'patchesJson6902', 'patches', 'images', 'imageTags', 'replacements', 'replicas', 'vars'],
  ...['sortOptions', 'configMapGenerator', 'secretGenerator', 'helmGlobals', 'helmCharts'],
  ...['helmChartInflationGenerator', 'generatorOptions'],
]);
const metadataFields: ReadonlySet<string> = new Set(['name', 'namespace', 'labels', 'annotations']);
/** Their empty lists count as nothing, because they are moved to other fields. */
const movedFields: ReadonlySet<string> = new Set(['bases', 'imageTags', 'helmChartInflationGenerator']);

const kustomizationVersion = 'kustomize.config.k8s.io/v1beta1';
const componentVersion = 'kustomize.config.k8s.io/v1alpha1';

/** Old fields whose use kustomize reports, in its order, and what stands for them. */
const deprecated = [
  ['bases', 'resources'],
  ['commonLabels', 'labels'],
  ['imageTags', 'images'],
  ['patchesJson6902', 'patches'],
  ['patchesStrategicMerge', 'patches'],
  ['vars', 'replacements'],
] as const;

/** A kustomization with the old fields that are used in it. */
export interface DecodedKustomization {
  readonly kind: 'decoded';
  readonly kustomization: Kustomization;
  readonly oldFields: readonly { readonly name: string; readonly instead: string }[];
  /** Of `resources`: the index from which on they stand in `bases`; of `images`: in `imageTags`. */
  readonly moved: { readonly bases: number; readonly imageTags: number };
  /** Fields that are spelled in their own way, by their right names. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** Reads the value of a kustomization file (types.Kustomization: Unmarshal, FixKustomization, CheckEmpty, EnforceFields). */
export function decodeKustomization(value: JsonValue): DecodedKustomization | KustomizationProblem {
  const decoder = new Decoder();
  const fields = decoder.fields(value, [], fieldNames);
  const decoded = fields === undefined ? undefined : decode(decoder, fields);
  if (decoder.problem !== undefined) return { kind: 'problem', ...decoder.problem };
  if (fields === undefined || decoded === undefined || isEmpty(fields)) {
    const message = 'This kustomization says nothing. Flux cannot build it.';
    return { kind: 'problem', code: 'kustomization-empty', path: [], message };
  }
  const kind = decoder.text(fields.get('kind'), []);
  const apiVersion = decoder.text(fields.get('apiVersion'), []);
  if (kind !== '' && kind !== 'Kustomization' && kind !== 'Component') {
    const message = `The kind of a kustomization is Kustomization or Component, not ${kind}. Flux cannot build it.`;
    return { kind: 'problem', code: 'kustomization-kind', path: fields.pathOf('kind'), message };
  }
  const version = kind === 'Component' ? componentVersion : kustomizationVersion;
  if (apiVersion !== '' && apiVersion !== version) {
    const message = `The apiVersion of a ${kind === '' ? 'Kustomization' : kind} is ${version}, not ${apiVersion}. Flux cannot build it.`;
    return { kind: 'problem', code: 'kustomization-kind', path: fields.pathOf('apiVersion'), message };
  }
  return decoded;
}

function spellingsOf(fields: Fields): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const name of fields.names()) {
    const [written] = fields.pathOf(name);
    if (typeof written === 'string' && written !== name) spellings.set(name, written);
  }
  return spellings;
}

function isEmpty(fields: Fields): boolean {
  return fields.names().every((name) => {
    const value = fields.get(name);
    if (name === 'apiVersion' || name === 'kind' || value === '') return true;
    return movedFields.has(name) && Array.isArray(value) && value.length === 0;
  });
}

function decode(decoder: Decoder, fields: Fields): DecodedKustomization {
  const get = (name: string): JsonValue | undefined => fields.get(name);
  const at = (name: string): Path => fields.pathOf(name);
  const text = (name: string): string => decoder.text(get(name), at(name));
  const texts = (name: string): readonly string[] => decoder.texts(get(name), at(name));
  const list = <T>(name: string, item: (d: Decoder, value: JsonValue, path: Path) => T): readonly T[] =>
    decoder.list(get(name), at(name), (one, path) => item(decoder, one, path));
  const objects = (name: string): readonly JsonObject[] =>
    list(name, (d, one, path) => {
      if (one !== null && !isObject(one)) d.misfit(path, 'a map', one);
      return isObject(one) ? one : new Map<string, JsonValue>();
    });

  const metadata = decoder.fields(get('metadata'), at('metadata'), metadataFields);
  for (const name of metadata?.names() ?? []) {
    if (name === 'name' || name === 'namespace') decoder.text(metadata?.get(name), ['metadata', name]);
    else decoder.textMap(metadata?.get(name), ['metadata', name]);
  }
  text('apiVersion');
  const [resources, images] = [texts('resources'), list('images', decodeImage)];
  const kustomization: Kustomization = {
    kind: text('kind') === 'Component' ? 'Component' : 'Kustomization',
    resources: [...resources, ...texts('bases')],
    components: texts('components'),
    crds: texts('crds'),
    configurations: texts('configurations'),
    generators: texts('generators'),
    transformers: texts('transformers'),
    validators: texts('validators'),
    openapi: decoder.textMap(get('openapi'), at('openapi')),
    namePrefix: text('namePrefix'),
    nameSuffix: text('nameSuffix'),
    namespace: text('namespace'),
    commonLabels: decoder.textMap(get('commonLabels'), at('commonLabels')),
    labels: list('labels', decodeLabel),
    commonAnnotations: decoder.textMap(get('commonAnnotations'), at('commonAnnotations')),
    patchesStrategicMerge: texts('patchesStrategicMerge'),
    patchesJson6902: list('patchesJson6902', decodePatch),
    patches: list('patches', decodePatch),
    images: [...images, ...list('imageTags', decodeImage)],
    replicas: list('replicas', decodeReplica),
    replacements: objects('replacements'),
    vars: list('vars', decodeVar),
    sortOptions: decodeSort(decoder, get('sortOptions'), at('sortOptions')),
    configMapGenerator: list('configMapGenerator', (d, one, path) => decodeGenerator(d, one, path, 'ConfigMap')),
    secretGenerator: list('secretGenerator', (d, one, path) => decodeGenerator(d, one, path, 'Secret')),
    generatorOptions: decodeOptions(decoder, get('generatorOptions'), at('generatorOptions')),
    helmCharts: [...objects('helmCharts'), ...objects('helmChartInflationGenerator')],
    buildMetadata: texts('buildMetadata'),
  };
  const oldFields = deprecated.filter(([name]) => get(name) !== undefined);
  return {
    kind: 'decoded',
    kustomization,
    oldFields: oldFields.map(([name, instead]) => ({ name, instead })),
    moved: { bases: resources.length, imageTags: images.length },
    spellings: spellingsOf(fields),
  };
}
