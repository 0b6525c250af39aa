import { type FluxRelease, spanHolds } from '../../../schemas/release';
import { isObject, type JsonObject, objectAt, stringAt } from '../../model/json';

/** How Flux substitutes in the objects of one Kustomization. */
export interface SubstitutionOptions {
  /** True: a variable that is not defined ends the build, unless its use has a default. */
  readonly isStrict: boolean;
  /** True: also without a single variable, so that defaults are filled in. */
  readonly always: boolean;
}

/**
 * The options of a Flux Kustomization under a release; undefined without `spec.postBuild`: nothing is substituted.
 * Strict is the default since Flux 2.9 (feature gate StrictPostBuildSubstitutions of kustomize-controller 1.9; `gate`
 * says what a cluster sets), `substituteStrategy` is read since then.
 */
export function substitutionOptions(
  owner: JsonObject,
  release: FluxRelease | undefined,
  gate?: boolean,
): SubstitutionOptions | undefined {
  const postBuild = objectAt(owner, 'spec', 'postBuild');
  if (!isObject(postBuild)) return undefined;
  const isRecent = release !== undefined && spanHolds('2.9+', release);
  return {
    isStrict: gate ?? isRecent,
    always: isRecent && stringAt(postBuild, 'substituteStrategy') === 'Always',
  };
}
