import { itemsAt, objectAt, type Path, stringAt } from '../../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../../model/resource-id';
import { originOf, type RenderedObject, type UnknownFields } from '../build';
import { type MapNode, type NodePath } from '../kustomize/node';
import { type Origin } from '../kustomize/origin';
import { asRepositoryPath } from '../recorded-files';
import { isUnknownAt } from '../unknown';
import { withCommonMetadata } from './common-metadata';
import { type BuildEnvironment, type SourceAnswer } from './environment';
import { type ObjectFault, substituteObject } from './substitute-object';
import { type SubstitutionOptions, substitutionOptions } from './substitution-options';
import { collectVariables, type Variables, type VariableSource } from './variables';

/** An object as Flux applies it. */
export interface FinishedObject {
  readonly node: MapNode;
  /** Paths of what substitution leaves unknown. */
  readonly unknown: readonly NodePath[];
  readonly faults: readonly ObjectFault[];
}

/** What Flux does with each object of a build after kustomize: substitution, then common metadata. */
export class PostBuild {
  readonly variables: Variables | undefined;
  /** The ConfigMaps and Secrets that were asked for, and what was found. */
  readonly sources = new Map<ResourceKey, SourceAnswer>();
  /** Equal for two that make the same of an object, given the same Flux Kustomization. */
  readonly signature: string;
  readonly #options: SubstitutionOptions | undefined;
  readonly #hasCommonMetadata: boolean;

  constructor(
    readonly owner: RenderedObject,
    environment: BuildEnvironment,
  ) {
    const { value, unknown } = owner;
    const isHidden = value === undefined || covers(unknown, ['spec', 'postBuild']);
    // Nobody knows whether there is a postBuild.
    if (isHidden) this.#options = { isStrict: false, always: false };
    else this.#options = substitutionOptions(value, environment.release, environment.strictGate);
    if (this.#options !== undefined) {
      this.variables = isHidden
        ? { values: new Map(), isOpen: true, faults: [] }
        : collectVariables(value, {
            find: (kind, name) => this.#find(environment, { group: '', kind, namespace: owner.id.namespace, name }),
            isUnknownAt: (path) => isUnknownAt(unknown, path),
            standIns: environment.values,
          });
    }
    this.#hasCommonMetadata = objectAt(value, 'spec', 'commonMetadata') !== undefined;
    this.signature = signatureOf(this.variables, this.#options);
  }

  /** What an entry of `substituteFrom` names; undefined where that is not known. */
  sourceAt(index: number): RenderedObject | undefined {
    const entry = itemsAt(this.owner.value, 'spec', 'postBuild', 'substituteFrom')[index];
    const [kind = '', name = ''] = ['kind', 'name'].map((field) => stringAt(entry, field));
    const found = this.sources.get(resourceKey({ group: '', kind, namespace: this.owner.id.namespace, name }));
    return found === 'unknown' ? undefined : found;
  }

  finish(node: MapNode): FinishedObject {
    const { variables } = this;
    const options = this.#options;
    const substituted =
      variables === undefined || options === undefined
        ? { node, unknown: [], faults: [] }
        : substituteObject(node, variables, options);
    if (!this.#hasCommonMetadata || this.owner.value === undefined) return substituted;
    const originAt = (path: Path, previous: Origin | undefined): Origin => this.#originAt(path, previous);
    return { ...substituted, node: withCommonMetadata(substituted.node, this.owner.value, originAt) };
  }

  #find(environment: BuildEnvironment, id: ResourceId): VariableSource {
    const found = environment.find(id);
    this.sources.set(resourceKey(id), found);
    if (found === 'unknown' || found.value === undefined) return { kind: 'unknown' };
    const { value, unknown } = found;
    return { kind: 'object', value, isUnknownAt: (path) => isUnknownAt(unknown, path) };
  }

  #originAt(path: Path, previous: Origin | undefined): Origin {
    const [at] = originOf(this.owner, path);
    const { file = '', document = 0 } = at ?? {};
    return { field: 'commonMetadata', file: asRepositoryPath(file), document, path: at?.path ?? path, previous };
  }
}

/** True when the whole value at a path is not known, not only something in it. */
function covers(unknown: UnknownFields, path: Path): boolean {
  return unknown === 'everything' || unknown.some((known) => known.every((step, index) => step === path[index]));
}

function signatureOf(variables: Variables | undefined, options: SubstitutionOptions | undefined): string {
  if (variables === undefined || options === undefined) return '';
  const values = [...variables.values].map(([name, { variable }]) => [
    name,
    variable.kind === 'text' ? variable.text : null,
  ]);
  return JSON.stringify([values, variables.isOpen, options, variables.standIns]);
}

/** Keys of the ConfigMaps and Secrets that a Flux Kustomization takes variables from, the optional ones too. */
export function variableSourcesOf({ value, id }: RenderedObject): ResourceId[] {
  return itemsAt(value, 'spec', 'postBuild', 'substituteFrom').flatMap((source) => {
    const kind = stringAt(source, 'kind');
    const name = stringAt(source, 'name');
    const isSource = name !== undefined && (kind === 'ConfigMap' || kind === 'Secret');
    return isSource ? [{ group: '', kind, namespace: id.namespace, name }] : [];
  });
}
