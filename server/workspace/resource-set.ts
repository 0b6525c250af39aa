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
import { renderTemplate } from '../scalars/go-template';
import { openFile } from '../yaml/file';
import { valueOf } from '../yaml/scalar';
import { operatorGroup } from './entry-point';
import { collectInputs, withProvider } from './resource-set-inputs';

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
  const expansion = new Expansion(set, !isKnown);
  const given = isKnown ? inputs : samples.map((one) => withProvider(one, set.id));
  for (const [path, template] of templatesOf(spec)) for (const one of given) expansion.add(template, one, path);
  return { objects: [...expansion.objects.values()], isWhole: isKnown && expansion.isWhole, sources };
}

/** What is made once for each set of inputs: resources before the template, of each step in turn. */
function templatesOf(spec: JsonObject): readonly (readonly [Path, JsonValue])[] {
  const parts: (readonly [JsonValue, Path])[] = [
    [spec, ['spec']],
    ...itemsAt(spec, 'steps').map((step, index) => [step, ['spec', 'steps', index]] as const),
  ];
  return parts.flatMap(([part, path]) => {
    const resources = itemsAt(part, 'resources').map((item, index) => [[...path, 'resources', index], item] as const);
    const text = stringAt(part, 'resourcesTemplate');
    return text === undefined ? resources : [...resources, [[...path, 'resourcesTemplate'], text] as const];
  });
}

const annotationOf = (value: JsonObject, name: string): string | undefined =>
  stringAt(value, 'metadata', 'annotations', `${operatorGroup}/${name}`);

class Expansion {
  readonly objects = new Map<ResourceKey, RenderedObject>();
  isWhole = true;

  constructor(
    private readonly set: RenderedObject,
    private readonly isSample: boolean,
  ) {}

  add(template: JsonValue, inputs: JsonObject, path: Path): void {
    const text = typeof template === 'string' ? template : printed(template);
    const rendered = text === undefined ? undefined : renderTemplate(text, inputs);
    if (rendered?.kind !== 'text') {
      this.isWhole = false;
      return;
    }
    for (const { document } of openFile('', rendered.text, 0).documents) {
      const value = document.faults.length > 0 ? undefined : valueOf(document, document.root);
      if (isObject(value)) this.#keep(value, path);
      else if (document.root !== undefined || document.faults.length > 0) this.isWhole = false;
    }
  }

  #keep(value: JsonObject, path: Path): void {
    const apiVersion = stringAt(value, 'apiVersion') ?? '';
    const kind = stringAt(value, 'kind') ?? '';
    const name = stringAt(value, 'metadata', 'name') ?? '';
    if (kind === '' || name === '') {
      this.isWhole = false;
      return;
    }
    if (annotationOf(value, 'reconcile') === 'disabled') return;
    const { group, version } = splitApiVersion(apiVersion);
    const isGlobal = isClusterScoped({ group, version, kind }) || findKind(group, kind)?.scope === 'Cluster';
    const written = stringAt(value, 'metadata', 'namespace') ?? '';
    const namespace = written === '' && !isGlobal ? this.set.id.namespace : written;
    const id = { group, kind, namespace, name };
    const key = resourceKey(id);
    const [from] = originOf(this.set, path);
    // Taken over from an object that only the cluster has.
    const isCopied = ['copyFrom', 'convertKubeConfigFrom'].some((field) => annotationOf(value, field) !== undefined);
    if (this.objects.has(key)) return;
    this.objects.set(key, {
      address: { ...this.set.address, object: key },
      key,
      id,
      apiVersion,
      resource: undefined,
      value: keepsContent(id) ? withNamespace(value, namespace) : undefined,
      unknown: isCopied ? [['data'], ['stringData']] : [],
      changes:
        from === undefined
          ? []
          : [{ path: [], from: { file: from.file, document: from.document, path: from.path }, how: 'made' }],
      ...(this.isSample && { isSample: true }),
    });
  }
}

function withNamespace(value: JsonObject, namespace: string): JsonObject {
  const metadata = objectAt(value, 'metadata') ?? new Map<string, JsonValue>();
  if (namespace === '' || metadata.get('namespace') === namespace) return value;
  return new Map(value).set('metadata', new Map(metadata).set('namespace', namespace));
}

/** A resource as the text that its template is. */
function printed(resource: JsonValue): string | undefined {
  if (!isObject(resource) || isArray(resource)) return undefined;
  const node = nodeOfValue(resource, 0);
  const emitted = node.kind === 'map' ? emitObject(node) : undefined;
  return emitted === undefined || 'reason' in emitted ? undefined : emitted.text;
}
