import { findKind } from '../../schemas/kinds/index';
import { originOf, type RenderedObject } from '../build/build';
import { type BuildEnvironment, type SourceAnswer } from '../build/flux/environment';
import { keepsContent } from '../build/kept-content';
import { emitObject } from '../build/kustomize/emit/emit';
import { isClusterScoped } from '../build/kustomize/tables/cluster-scoped-kinds';
import { nodeOfValue } from '../build/node-value';
import { isUnknownAt } from '../build/unknown';
import {
  isArray,
  isObject,
  itemsAt,
  type JsonObject,
  type JsonValue,
  objectAt,
  type Path,
  stringAt,
} from '../model/json';
import { resourceKey, type ResourceKey, splitApiVersion } from '../model/resource-id';
import { renderTemplate, type TemplateHost } from '../scalars/go-template';
import { openFile } from '../yaml/file';
import { valueOf } from '../yaml/scalar';
import { operatorGroup } from './entry-point';
import { collectInputs, type InputSet, withProvider } from './resource-set-inputs';

/** What a ResourceSet makes, as far as its inputs and templates are known. */
export interface ExpandedResourceSet {
  readonly objects: readonly RenderedObject[];
  /** False when it may make more, or something else. */
  readonly isWhole: boolean;
  /** Providers of inputs that were asked for. */
  readonly sources: ReadonlyMap<ResourceKey, SourceAnswer>;
}

const nothing: ExpandedResourceSet = { objects: [], isWhole: false, sources: new Map() };

/**
 * Expands a ResourceSet as flux-operator does (internal/builder/resourceset.go): each resource, and the template, once
 * for each set of inputs. Where those are not known, samples from the configuration stand in; what is made of them is
 * marked. Variables were put in before.
 */
export function expandResourceSet(set: RenderedObject, environment: BuildEnvironment): ExpandedResourceSet {
  const spec = objectAt(set.value, 'spec');
  if (spec === undefined || isUnknownAt(set.unknown, ['spec'])) return nothing;
  const { inputs, isKnown, sources } = collectInputs(set, spec, environment.find);
  const samples = isKnown ? [] : (environment.inputs[`${set.id.namespace}/${set.id.name}`] ?? []);
  const steps = stepsOf(spec);
  // What Flux Operator refuses as a whole makes nothing, and whatever it made before stays.
  if (steps === undefined) return { ...nothing, sources };
  const given = isKnown
    ? inputs
    : samples.map((one): InputSet => ({ values: withProvider(one, set.id), isPlain: false }));
  const expansion = new Expansion(set, spec, !isKnown);
  const seen = new Set<ResourceKey>();
  for (const step of steps) {
    const made = expansion.step(step, given);
    if (made.some(({ key }) => seen.has(key))) return { ...nothing, sources };
    for (const { key } of made) seen.add(key);
  }
  return { objects: expansion.objects, isWhole: isKnown && expansion.isWhole, sources };
}

/** Templates of one step, each with its place. */
interface Step {
  readonly resources: readonly (readonly [JsonValue, Path])[];
  readonly template: readonly [string, Path] | undefined;
}

/** The steps of a ResourceSet, one where it has none; undefined for a spec that Flux Operator refuses. */
function stepsOf(spec: JsonObject): readonly Step[] | undefined {
  const stepAt = (part: JsonValue, path: Path): Step => {
    const text = stringAt(part, 'resourcesTemplate') ?? '';
    return {
      resources: itemsAt(part, 'resources').map((item, index) => [item, [...path, 'resources', index]] as const),
      template: text === '' ? undefined : [text, [...path, 'resourcesTemplate']],
    };
  };
  const isEmpty = ({ resources, template }: Step): boolean => resources.length === 0 && template === undefined;
  const whole = stepAt(spec, ['spec']);
  const steps = itemsAt(spec, 'steps').map((step, index) => stepAt(step, ['spec', 'steps', index]));
  if (steps.length === 0) return [whole];
  return isEmpty(whole) && !steps.some(isEmpty) ? steps : undefined;
}

const annotationOf = (value: JsonObject, name: string): string | undefined =>
  stringAt(value, 'metadata', 'annotations', `${operatorGroup}/${name}`);

const isDisabled = (value: JsonObject): boolean => annotationOf(value, 'reconcile') === 'disabled';

const host: TemplateHost = { toYaml: yamlText };

class Expansion {
  readonly objects: RenderedObject[] = [];
  isWhole = true;
  #keys = new Set<ResourceKey>();

  constructor(
    private readonly set: RenderedObject,
    private readonly spec: JsonObject,
    private readonly isSample: boolean,
  ) {}

  /** @returns the objects of the step: of several with one name the first. */
  step({ resources, template }: Step, inputs: readonly InputSet[]): readonly RenderedObject[] {
    const before = this.objects.length;
    this.#keys = new Set();
    for (const [resource, path] of resources) {
      const text = yamlText(resource);
      for (const { values, isPlain } of inputs) {
        const value = text === undefined ? undefined : this.#documents(text, values)?.[0];
        if (value === undefined) this.isWhole = false;
        // Without inputs they are taken as they are written.
        else if (isPlain) this.#keep(value, path, true);
        else if (!isDisabled(value)) this.#keep(value, path);
      }
    }
    for (const { values } of template === undefined ? [] : inputs) {
      const [text, path] = template ?? ['', []];
      const documents = this.#documents(text, values);
      if (documents === undefined) this.isWhole = false;
      for (const value of documents?.flatMap(objectsIn) ?? []) if (!isDisabled(value)) this.#keep(value, path);
    }
    return this.objects.slice(before);
  }

  /** The documents of a rendered template that hold anything; undefined where that is not known, or no object is made. */
  #documents(template: string, inputs: JsonObject): readonly JsonObject[] | undefined {
    const rendered = renderTemplate(template, inputs, host);
    if (rendered.kind !== 'text') return undefined;
    const values: JsonObject[] = [];
    for (const { document } of openFile('', rendered.text, 0).documents) {
      // Read with sigs.k8s.io/yaml, to which `yes` is a truth.
      const value = document.faults.length > 0 ? undefined : valueOf(document, document.root, 'kustomization');
      if (isObject(value) && stringAt(value, 'kind') !== undefined) values.push(value);
      else if (document.root !== undefined || document.faults.length > 0) return undefined;
    }
    return values;
  }

  #keep(value: JsonObject, path: Path, takesAll = false): void {
    const apiVersion = stringAt(value, 'apiVersion') ?? '';
    const kind = stringAt(value, 'kind') ?? '';
    const name = stringAt(value, 'metadata', 'name') ?? '';
    if (kind === '' || name === '') {
      this.isWhole = false;
      return;
    }
    const { group, version } = splitApiVersion(apiVersion);
    const isGlobal = isClusterScoped({ group, version, kind }) || findKind(group, kind)?.scope === 'Cluster';
    const written = stringAt(value, 'metadata', 'namespace') ?? '';
    const namespace = written === '' && !isGlobal ? this.set.id.namespace : written;
    const id = { group, kind, namespace, name };
    const key = resourceKey(id);
    const [from] = originOf(this.set, path);
    // Taken over from an object that only the cluster has.
    const isCopied = ['copyFrom', 'convertKubeConfigFrom'].some((field) => annotationOf(value, field) !== undefined);
    if (this.#keys.has(key) && !takesAll) return;
    this.#keys.add(key);
    this.objects.push({
      address: { ...this.set.address, object: key },
      key,
      id,
      apiVersion,
      resource: undefined,
      value: keepsContent(id) ? withSetMetadata(withNamespace(value, namespace), this.set, this.spec) : undefined,
      unknown: isCopied ? [['data'], ['stringData']] : [],
      changes:
        from === undefined
          ? []
          : [{ path: [], from: { file: from.file, document: from.document, path: from.path }, how: 'made' }],
      ...(this.isSample && { isSample: true }),
    });
  }
}

/** The objects of a document of a template: items of a list, and nothing where it is none or kustomize's own. */
function objectsIn(value: JsonObject): readonly JsonObject[] {
  if (stringAt(value, 'kind')?.endsWith('List') === true && isArray(value.get('items') ?? null)) {
    return itemsAt(value, 'items').filter(isObject);
  }
  const { group } = splitApiVersion(stringAt(value, 'apiVersion') ?? '');
  const isNamed = stringAt(value, 'metadata', 'name') !== undefined && stringAt(value, 'apiVersion') !== undefined;
  return isNamed && group !== 'kustomize.config.k8s.io' ? [value] : [];
}

/** An object with the labels by which Flux Operator knows what it made, and `spec.commonMetadata` over its own. */
function withSetMetadata(value: JsonObject, { id }: RenderedObject, spec: JsonObject): JsonObject {
  const metadata = new Map(objectAt(value, 'metadata'));
  const owner = `resourceset.${operatorGroup}`;
  const own = new Map([
    [`${owner}/name`, id.name],
    [`${owner}/namespace`, id.namespace],
  ]);
  for (const field of ['labels', 'annotations']) {
    const common = objectAt(spec, 'commonMetadata', field) ?? new Map<string, JsonValue>();
    const laid = new Map([...(objectAt(metadata, field) ?? []), ...(field === 'labels' ? own : []), ...common]);
    if (laid.size > 0) metadata.set(field, laid);
  }
  return new Map(value).set('metadata', metadata);
}

function withNamespace(value: JsonObject, namespace: string): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? new Map<string, JsonValue>();
  if (namespace === '' || metadata.get('namespace') === namespace) return value;
  return new Map(value).set('metadata', new Map(metadata).set('namespace', namespace));
}

/** A value as the text that is its template; undefined where the emitter has none for it. */
function yamlText(value: JsonValue): string | undefined {
  // Values that are no map stand below a key, which is cut off again.
  const isMap = isObject(value) && !isArray(value);
  const node = nodeOfValue(isMap ? value : new Map([['v', value]]), 0);
  const emitted = node.kind === 'map' ? emitObject(node) : undefined;
  if (emitted === undefined || 'reason' in emitted) return undefined;
  return isMap ? emitted.text : emitted.text.replace(/^v:[ \n]/, '');
}
