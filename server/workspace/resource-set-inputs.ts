import { type SourceAnswer } from '../build/flux/environment';
import { type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { isObject, itemsAt, type JsonObject, type JsonValue, objectAt, stringAt } from '../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { operatorGroup } from './entry-point';

/** One set of inputs; a plain one is no set: the templates are rendered once, without inputs. */
export interface InputSet {
  readonly values: JsonObject;
  readonly isPlain: boolean;
}

/** Sets of inputs of a ResourceSet, in the order in which its resources are made of them. */
export interface Inputs {
  readonly inputs: readonly InputSet[];
  /** False when there may be others; `inputs` is empty then. */
  readonly isKnown: boolean;
  /** Providers that were asked for. */
  readonly sources: ReadonlyMap<ResourceKey, SourceAnswer>;
}

const providerKind = 'ResourceSetInputProvider';

/** Sets of inputs that one object gives, the ResourceSet itself or a provider. */
interface Given {
  readonly name: string;
  readonly inputs: readonly JsonObject[];
}

/**
 * The inputs of a ResourceSet as flux-operator combines them (internal/inputs): its own first, then those of its
 * providers by their names, each with a `provider` that says where it comes from. Only Static providers are known; their
 * `id` hangs on the object's uid and is left out.
 */
export function collectInputs(set: RenderedObject, spec: JsonObject, find: (id: ResourceId) => SourceAnswer): Inputs {
  const sources = new Map<ResourceKey, SourceAnswer>();
  const references = itemsAt(spec, 'inputsFrom');
  const own = itemsAt(spec, 'inputs').filter(isObject);
  const given: Given[] = [{ name: set.id.name, inputs: own.map((one) => withProvider(one, set.id)) }];
  let isKnown = true;
  const names = new Set(references.map((reference) => stringAt(reference, 'name')));
  for (const name of [...names].sort((a = '', b = '') => (a < b ? -1 : 1))) {
    // A selector takes providers that other repositories may make.
    const id = { group: operatorGroup, kind: providerKind, namespace: set.id.namespace, name: name ?? '' };
    const provider = name === undefined ? 'unknown' : find(id);
    if (name !== undefined) sources.set(resourceKey(id), provider);
    const inputs = provider === 'unknown' ? undefined : staticInputs(provider);
    if (inputs === undefined) isKnown = false;
    else given.push({ name: id.name, inputs: [withProvider(inputs, id)] });
  }
  const combined = isKnown ? combine(given, spec) : undefined;
  if (combined === undefined) return { inputs: [], isKnown: false, sources };
  // Without any inputs the resources are made once, as they stand.
  const isPlain = combined.length === 0 && references.length === 0;
  const inputs = isPlain ? [new Map<string, JsonValue>()] : combined;
  return { inputs: inputs.map((values) => ({ values, isPlain })), isKnown, sources };
}

/** What a provider gives without asking anybody; one without values gives one set all the same. */
function staticInputs({ value, unknown }: RenderedObject): JsonObject | undefined {
  if (stringAt(value, 'spec', 'type') !== 'Static' || isUnknownAt(unknown, ['spec'])) return undefined;
  const values = new Map(objectAt(value, 'spec', 'defaultValues'));
  // Made of the uid of the object, whatever stands there.
  values.delete('id');
  return values;
}

/** The inputs with the object that gives them. */
export function withProvider(inputs: JsonObject, { group, kind, name, namespace }: ResourceId): JsonObject {
  const provider = new Map<string, JsonValue>([
    ['apiVersion', `${group}/v1`],
    ...Object.entries({ kind, name, namespace }),
  ]);
  return new Map(inputs).set('provider', provider);
}

function combine(given: readonly Given[], spec: JsonObject): readonly JsonObject[] | undefined {
  const strategy = stringAt(spec, 'inputStrategy', 'name') ?? 'Flatten';
  if (strategy === 'Flatten') return given.flatMap(({ inputs }) => inputs);
  const takesEmpty = objectAt(spec, 'inputStrategy')?.get('includeEmptyProviders') === true;
  return strategy === 'Permute' ? permute(given.filter(({ inputs }) => takesEmpty || inputs.length > 0)) : undefined;
}

// Flux Operator takes 10,000 of them; what is looked at while somebody types is less.
const mostPermutations = 500;

/**
 * Every choice of one set of inputs from each, the last changing fastest; each stands under the name of what gives it
 * (internal/inputs/permuter.go). undefined where there are too many, and where a name has no letter or digit.
 */
function permute(given: readonly Given[]): readonly JsonObject[] | undefined {
  let chosen: { readonly inputs: JsonObject; readonly choice: readonly string[] }[] = [
    { inputs: new Map(), choice: [] },
  ];
  for (const { name, inputs } of given) {
    const key = templateKey(name);
    if (key === '' || chosen.length * inputs.length > mostPermutations) return undefined;
    chosen = chosen.flatMap(({ inputs: before, choice }) =>
      inputs.map((one, index) => ({
        inputs: new Map(before).set(key, one),
        choice: [...choice, `${key}=${String(index)}`],
      })),
    );
  }
  if (given.length === 0) return [];
  return chosen.map(({ inputs, choice }) => new Map(inputs).set('id', String(adler32(choice.join('/')))));
}

/** A name as templates can say it: small letters and digits, words between single underscores. */
function templateKey(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '_')
    .replaceAll(/[^a-z0-9_]/g, '');
  return words
    .split('_')
    .filter((word) => word !== '')
    .join('_');
}

/** RFC 1950, section 8.2. */
function adler32(text: string): number {
  let [low, high] = [1, 0];
  for (const byte of new TextEncoder().encode(text)) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}
