import { type JsonValue, type Path } from '../../../model/json';
import {
  type GeneratorConfig,
  type GeneratorOptions,
  type ImageConfig,
  type LabelConfig,
  type PatchConfig,
  type ReplicaConfig,
  type SelectorConfig,
  type SortConfig,
  type VarConfig,
} from '../kustomization';
import { type FieldSpec } from '../transformer-config';
import { type Decoder } from './decode';

// Field names of the structs below api/types v0.21.1.
const gvk = ['group', 'version', 'kind'];
const selectorFields = new Set([...gvk, 'name', 'namespace', 'annotationSelector', 'labelSelector']);
const patchFields = new Set(['path', 'patch', 'target', 'options']);
const patchOptionFields = new Set(['allowNameChange', 'allowKindChange']);
const imageFields = new Set(['name', 'newName', 'tagSuffix', 'newTag', 'digest']);
const labelFields = new Set(['pairs', 'includeSelectors', 'includeTemplates', 'fields']);
const fieldSpecFields = new Set([...gvk, 'path', 'create']);
const replicaFields = new Set(['name', 'count']);
const optionFields = new Set(['labels', 'annotations', 'disableNameSuffixHash', 'immutable']);
const generatorFields = ['namespace', 'name', 'behavior', 'literals', 'files', 'envs', 'env', 'options'];
const configMapFields = new Set(generatorFields);
const secretFields = new Set([...generatorFields, 'type']);
const varFields = new Set(['name', 'objref', 'fieldref']);
const objectFields = new Set(['apiVersion', ...gvk, 'name', 'namespace']);
const fieldRefFields = new Set(['fieldPath']);
const sortFields = new Set(['order', 'legacySortOptions']);
const legacySortFields = new Set(['orderFirst', 'orderLast']);

/** A part of a kustomization from its plain value; what does not fit is said to the decoder. */
type Decode<T> = (decoder: Decoder, value: JsonValue | undefined, path: Path) => T;

export const decodeSelector: Decode<SelectorConfig | undefined> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, selectorFields);
  if (fields === undefined) return undefined;
  const text = (name: string): string => decoder.text(fields.get(name), fields.pathOf(name));
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    annotationSelector: text('annotationSelector'),
    labelSelector: text('labelSelector'),
  };
};

export const decodePatch: Decode<PatchConfig> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, patchFields);
  const options = decoder.fields(fields?.get('options'), [...path, 'options'], patchOptionFields);
  const flag = (name: string): boolean => decoder.bool(options?.get(name), [...path, 'options', name]);
  return {
    path: decoder.text(fields?.get('path'), [...path, 'path']),
    patch: decoder.text(fields?.get('patch'), [...path, 'patch']),
    target: decodeSelector(decoder, fields?.get('target'), [...path, 'target']),
    options: options && { allowNameChange: flag('allowNameChange'), allowKindChange: flag('allowKindChange') },
  };
};

export const decodeImage: Decode<ImageConfig> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, imageFields);
  const text = (name: string): string => decoder.text(fields?.get(name), [...path, name]);
  return {
    name: text('name'),
    newName: text('newName'),
    tagSuffix: text('tagSuffix'),
    newTag: text('newTag'),
    digest: text('digest'),
  };
};

export const decodeFieldSpec: Decode<FieldSpec> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, fieldSpecFields);
  const text = (name: string): string => decoder.text(fields?.get(name), [...path, name]);
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    path: text('path'),
    create: decoder.bool(fields?.get('create'), [...path, 'create']),
  };
};

export const decodeLabel: Decode<LabelConfig> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, labelFields);
  const flag = (name: string): boolean => decoder.bool(fields?.get(name), [...path, name]);
  return {
    pairs: decoder.textMap(fields?.get('pairs'), [...path, 'pairs']),
    includeSelectors: flag('includeSelectors'),
    includeTemplates: flag('includeTemplates'),
    fields: decoder.list(fields?.get('fields'), [...path, 'fields'], (one, at) => decodeFieldSpec(decoder, one, at)),
  };
};

export const decodeReplica: Decode<ReplicaConfig> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, replicaFields);
  return {
    name: decoder.text(fields?.get('name'), [...path, 'name']),
    count: decoder.integer(fields?.get('count'), [...path, 'count']),
  };
};

export const decodeOptions: Decode<GeneratorOptions | undefined> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, optionFields);
  if (fields === undefined) return undefined;
  return {
    labels: decoder.textMap(fields.get('labels'), [...path, 'labels']),
    annotations: decoder.textMap(fields.get('annotations'), [...path, 'annotations']),
    disableNameSuffixHash: decoder.bool(fields.get('disableNameSuffixHash'), [...path, 'disableNameSuffixHash']),
    immutable: decoder.bool(fields.get('immutable'), [...path, 'immutable']),
  };
};

/** An entry of a generator; `env` stands behind the others in `envs`, as FixKustomization puts it. */
export function decodeGenerator(
  decoder: Decoder,
  value: JsonValue | undefined,
  path: Path,
  kind: 'ConfigMap' | 'Secret',
): GeneratorConfig {
  const fields = decoder.fields(value, path, kind === 'Secret' ? secretFields : configMapFields);
  const text = (name: string): string => decoder.text(fields?.get(name), [...path, name]);
  const texts = (name: string): readonly string[] => decoder.texts(fields?.get(name), [...path, name]);
  const env = text('env');
  return {
    name: text('name'),
    namespace: text('namespace'),
    behavior: text('behavior'),
    literals: texts('literals'),
    files: texts('files'),
    envs: env === '' ? texts('envs') : [...texts('envs'), env],
    type: text('type'),
    options: decodeOptions(decoder, fields?.get('options'), [...path, 'options']),
  };
}

export const decodeVar: Decode<VarConfig> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, varFields);
  const objref = decoder.fields(fields?.get('objref'), [...path, 'objref'], objectFields);
  const fieldref = decoder.fields(fields?.get('fieldref'), [...path, 'fieldref'], fieldRefFields);
  const text = (name: string): string => decoder.text(objref?.get(name), [...path, 'objref', name]);
  const fieldPath = decoder.text(fieldref?.get('fieldPath'), [...path, 'fieldref', 'fieldPath']);
  const parts = text('apiVersion') === '' ? [] : text('apiVersion').split('/');
  const isCore = parts.length === 1;
  return {
    name: decoder.text(fields?.get('name'), [...path, 'name']),
    objref: {
      group: parts.length === 2 ? (parts[0] ?? '') : text('group'),
      version: isCore ? (parts[0] ?? '') : parts.length === 2 ? (parts[1] ?? '') : text('version'),
      kind: text('kind'),
      name: text('name'),
      namespace: text('namespace'),
    },
    fieldPath: fieldPath === '' ? 'metadata.name' : fieldPath,
  };
};

export const decodeSort: Decode<SortConfig | undefined> = (decoder, value, path) => {
  const fields = decoder.fields(value, path, sortFields);
  if (fields === undefined) return undefined;
  const legacyPath = [...path, 'legacySortOptions'];
  const legacy = decoder.fields(fields.get('legacySortOptions'), legacyPath, legacySortFields);
  return {
    order: decoder.text(fields.get('order'), [...path, 'order']),
    legacy: legacy && {
      orderFirst: decoder.texts(legacy.get('orderFirst'), [...legacyPath, 'orderFirst']),
      orderLast: decoder.texts(legacy.get('orderLast'), [...legacyPath, 'orderLast']),
    },
  };
};
