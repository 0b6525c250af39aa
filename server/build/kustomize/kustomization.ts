import { type JsonObject } from '../../model/json';
import { type FieldSpec } from './transformer-config';

/**
 * The fields of a kustomization file after kustomize's own fix-ups (api/types/kustomization.go): `bases` stand in
 * `resources`, `imageTags` in `images`, `env` in `envs`. Absent texts are empty, absent lists empty.
 * Where a value came from says its path: the field's name and the index it has here, unless `paths` says otherwise.
 */
export interface Kustomization {
  readonly kind: 'Kustomization' | 'Component';
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly crds: readonly string[];
  readonly configurations: readonly string[];
  readonly generators: readonly string[];
  readonly transformers: readonly string[];
  readonly validators: readonly string[];
  readonly openapi: TextMap;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly namespace: string;
  readonly commonLabels: TextMap;
  readonly labels: readonly LabelConfig[];
  readonly commonAnnotations: TextMap;
  readonly patchesStrategicMerge: readonly string[];
  readonly patchesJson6902: readonly PatchConfig[];
  readonly patches: readonly PatchConfig[];
  readonly images: readonly ImageConfig[];
  readonly replicas: readonly ReplicaConfig[];
  /** As written: decoded where they are used, since an entry may stand in a file of its own. */
  readonly replacements: readonly JsonObject[];
  readonly vars: readonly VarConfig[];
  readonly sortOptions: SortConfig | undefined;
  readonly configMapGenerator: readonly GeneratorConfig[];
  readonly secretGenerator: readonly GeneratorConfig[];
  readonly generatorOptions: GeneratorOptions | undefined;
  readonly helmCharts: readonly JsonObject[];
  readonly buildMetadata: readonly string[];
}

export type TextMap = ReadonlyMap<string, string>;

export interface LabelConfig {
  readonly pairs: TextMap;
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
  readonly fields: readonly FieldSpec[];
}

/** api/types/selector.go; empty parts match anything, the others are RE2 expressions anchored at both ends. */
export interface SelectorConfig {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly annotationSelector: string;
  readonly labelSelector: string;
}

export interface PatchConfig {
  readonly path: string;
  readonly patch: string;
  readonly target: SelectorConfig | undefined;
  readonly options: { readonly allowNameChange: boolean; readonly allowKindChange: boolean } | undefined;
}

export interface ImageConfig {
  readonly name: string;
  readonly newName: string;
  readonly tagSuffix: string;
  readonly newTag: string;
  readonly digest: string;
}

export interface ReplicaConfig {
  readonly name: string;
  readonly count: number | bigint;
}

export interface GeneratorOptions {
  readonly labels: TextMap;
  readonly annotations: TextMap;
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** An entry of `configMapGenerator` or `secretGenerator`; `type` is empty for config maps. */
export interface GeneratorConfig {
  readonly name: string;
  readonly namespace: string;
  readonly behavior: string;
  readonly literals: readonly string[];
  readonly files: readonly string[];
  readonly envs: readonly string[];
  readonly type: string;
  readonly options: GeneratorOptions | undefined;
}

export interface VarConfig {
  readonly name: string;
  readonly objref: {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
  };
  /** `metadata.name` unless written. */
  readonly fieldPath: string;
}

export interface SortConfig {
  readonly order: string;
  readonly legacy: { readonly orderFirst: readonly string[]; readonly orderLast: readonly string[] } | undefined;
}
