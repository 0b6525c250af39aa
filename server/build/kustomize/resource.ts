import { type MapNode } from './node';

/** A group, version and kind with a name and namespace, as kustomize compares them (kyaml/resid). */
export interface ResId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** Empty where none is written; `effectiveNamespace` says what it counts as. */
  readonly namespace: string;
  readonly scope?: CustomScope;
}

/** Set where the schema that `openapi` names says that a kind has no namespace; built-in kinds have a table. */
export type CustomScope = 'cluster';

/**
 * An object on its way through the kustomizations, with what kustomize keeps in internal annotations
 * (api/resource/resource.go): every id it had, and the prefixes and suffixes it got. Immutable.
 */
export interface EngineResource {
  readonly node: MapNode;
  readonly scope?: CustomScope;
  /** Ids before the current one, oldest first. */
  readonly previousIds: readonly ResId[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Options of the generator that made it. */
  readonly generated: { readonly needsHash: boolean; readonly behavior: 'create' | 'replace' | 'merge' } | undefined;
  /** Ids of resources that refer to it by name (kustomize: refBy). */
  readonly referredBy: readonly ResId[];
  /** Names of the vars that take their value from it (kustomize: refVarNames). */
  readonly varNames?: readonly string[];
}
