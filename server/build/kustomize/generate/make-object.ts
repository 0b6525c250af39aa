import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { type GeneratorConfig, type GeneratorOptions } from '../kustomization';
import { mapNode, textNode, type MapNode, type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';
import { type EngineResource } from '../resource';
import { readKeyValues, type KeyValue } from './key-values';
import { textMap } from './text-map';
import { mergedOptions, type PlacedOptions, type PlacedText } from './options';

/** The field or object that configures a generator. */
export interface GeneratorPlace {
  readonly kind: 'ConfigMap' | 'Secret';
  /** Name of the cause: `configMapGenerator`, or the kind of a configuration object. */
  readonly field: string;
  /** Where the generator stands in the document of the context. */
  readonly path: Path;
}

const lineLength = 70;

/** Base64 broken into lines of 70 (kyaml/yaml/datamap.go, encodeBase64); all lines end once there could be two. */
function foldedBase64(value: string | Uint8Array): string {
  const bytes =
    typeof value === 'string'
      ? Buffer.from(value, 'utf8')
      : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const text = bytes.toString('base64');
  if (text.length < lineLength) return text;
  let lines = '';
  for (let start = 0; start < text.length; start += lineLength) lines += `${text.slice(start, start + lineLength)}\n`;
  return lines;
}

/** A text as the generators write it: several lines as a literal block. */
export function dataNode(text: string, origin: Origin): ScalarNode {
  const node = textNode(text, origin);
  return text.includes('\n') ? { ...node, style: 'literal' } : node;
}

/** Makes the values of one generated object, each with what put it there. */
class GeneratedObject {
  readonly #own: Origin;

  constructor(
    private readonly config: GeneratorConfig,
    private readonly options: PlacedOptions,
    private readonly place: GeneratorPlace,
    private readonly context: TransformContext,
  ) {
    this.#own = this.#cause(place.path);
  }

  #cause(path: Path, previous?: Origin): Origin {
    return this.context.cause(this.place.field, path, previous);
  }

  #field(name: string): Origin {
    return this.#cause([...this.place.path, name]);
  }

  #texts(pairs: ReadonlyMap<string, PlacedText>): MapNode {
    const nodes = Array.from(pairs, ([key, { text, path }]) => [key, textNode(text, this.#cause(path))] as const);
    return textMap(nodes, this.#own);
  }

  #metadata(): MapNode {
    const { name, namespace } = this.config;
    const entries = new Map<string, Node>([['name', textNode(name, this.#field('name'))]]);
    if (namespace !== '') entries.set('namespace', textNode(namespace, this.#field('namespace')));
    if (this.options.labels.size > 0) entries.set('labels', this.#texts(this.options.labels));
    if (this.options.annotations.size > 0) entries.set('annotations', this.#texts(this.options.annotations));
    return mapNode(entries, this.#own);
  }

  #addData(entries: Map<string, Node>, pairs: readonly KeyValue[]): void {
    const isSecret = this.place.kind === 'Secret';
    const data = new Map<string, Node>();
    const binaryData = new Map<string, Node>();
    for (const { key, value, source, place } of pairs) {
      const origin = this.#cause(source, place);
      if (isSecret) data.set(key, dataNode(foldedBase64(value), origin));
      else if (typeof value === 'string') data.set(key, dataNode(value, origin));
      else binaryData.set(key, dataNode(foldedBase64(value), origin));
    }
    // A secret has its `data` even without keys.
    if (isSecret || data.size > 0) entries.set('data', textMap(data, this.#own));
    if (binaryData.size > 0) entries.set('binaryData', textMap(binaryData, this.#own));
  }

  node(pairs: readonly KeyValue[]): MapNode {
    const { kind } = this.place;
    const entries = new Map<string, Node>([
      ['apiVersion', textNode('v1', this.#own)],
      ['kind', textNode(kind, this.#own)],
      ['metadata', this.#metadata()],
    ]);
    if (kind === 'Secret') {
      const { type } = this.config;
      entries.set('type', type === '' ? textNode('Opaque', this.#own) : textNode(type, this.#field('type')));
    }
    this.#addData(entries, pairs);
    const { immutable } = this.options;
    if (immutable !== undefined) {
      entries.set('immutable', { ...textNode('true', this.#cause(immutable)), tag: '!!bool' });
    }
    return mapNode(entries, this.#own);
  }
}

/**
 * The object of one generator, before its hash (api/internal/generators).
 * @param shared `generatorOptions` of the kustomization; none for a generator given as an object
 */
export function generateObject(
  config: GeneratorConfig,
  shared: GeneratorOptions | undefined,
  place: GeneratorPlace,
  context: TransformContext,
): EngineResource | EngineFault {
  if (config.name === '') {
    const message = `This generator has no name for its ${place.kind}. Flux cannot build this.`;
    return context.fault('generator-name', message, place.path);
  }
  const pairs = readKeyValues(config, place.path, context);
  if (isFault(pairs)) return pairs;
  const keys = new Set<string>();
  for (const { key, source } of pairs) {
    if (keys.has(key)) {
      const message = `The generator of ${config.name} gives the key ${key} twice. Flux cannot build this.`;
      return context.fault('generator-key-repeated', message, source);
    }
    keys.add(key);
  }
  const options = mergedOptions(config.options, [...place.path, 'options'], shared);
  const { behavior } = config;
  return {
    node: new GeneratedObject(config, options, place, context).node(pairs),
    previousIds: [],
    prefixes: [],
    suffixes: [],
    generated: {
      needsHash: !options.disableNameSuffixHash,
      behavior: behavior === 'merge' || behavior === 'replace' ? behavior : 'create',
    },
    referredBy: [],
  };
}
