import { type FluxRelease } from '../../../schemas/release';
import { type JsonObject } from '../../model/json';
import { jsonText } from '../../model/json-text';
import { type ResourceId, type ResourceKey } from '../../model/resource-id';
import { type RenderedObject } from '../build';

/**
 * A ConfigMap, Secret or provider of inputs of a cluster as rendered; one that no file declares may be there with any
 * content.
 */
export type SourceAnswer = RenderedObject | 'unknown';

/** What a cluster gives to the builds of its Flux Kustomizations. */
export interface BuildEnvironment {
  /** undefined for a Flux that is older than every table. */
  readonly release: FluxRelease | undefined;
  /** What the kustomize-controller's arguments say of StrictPostBuildSubstitutions; undefined where nothing. */
  readonly strictGate: boolean | undefined;
  /** Stand-ins for variables that live only in the cluster, from the configuration. */
  readonly values: Readonly<Record<string, string>>;
  /** Samples of inputs of ResourceSets by `namespace/name`, from the configuration. */
  readonly inputs: Readonly<Record<string, readonly JsonObject[]>>;
  readonly find: (id: ResourceId) => SourceAnswer;
}

/** Nothing is known of the cluster, so that no variable is. */
export const unknownEnvironment: BuildEnvironment = {
  release: undefined,
  strictGate: undefined,
  values: {},
  inputs: {},
  find: () => 'unknown',
};

/** Everything an environment says to all builds alike: a build of another one is another build. */
export function signatureOf({ release, strictGate, values, inputs }: BuildEnvironment): string {
  const samples = Object.entries(inputs).map(([name, sets]) => [name, sets.map(jsonText)]);
  return JSON.stringify([release, strictGate, values, samples]);
}

/** The answers that a build was made with. */
export type SourceAnswers = ReadonlyMap<ResourceKey, SourceAnswer>;
