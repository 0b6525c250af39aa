import { type TransformContext } from '../context';
import { isFault, type EngineFault } from '../fault';
import { type Kustomization } from '../kustomization';
import { withEntry } from '../node';
import { type EngineResource } from '../resource';
import { nodeAt, textAt } from '../node';
import { storePreviousId } from '../transform/identity';
import { absorbGenerated } from './absorb';
import { contentHash } from './hash';
import { generateObject, type GeneratorPlace } from './make-object';

/** The resources with those of `configMapGenerator` and `secretGenerator` added, in that order. */
export function runGenerators(
  resources: readonly EngineResource[],
  kustomization: Pick<Kustomization, 'configMapGenerator' | 'secretGenerator' | 'generatorOptions'>,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  let all = resources;
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
    for (const [index, config] of kustomization[field].entries()) {
      const place: GeneratorPlace = { kind, field, path: [field, index] };
      const generated = generateObject(config, kustomization.generatorOptions, place, context);
      if (isFault(generated)) return generated;
      const absorbed = absorbGenerated(all, generated, place, context);
      if (isFault(absorbed)) return absorbed;
      all = absorbed;
    }
  }
  return all;
}

/** The object called by its name and the hash of its content. */
function withHash(resource: EngineResource, context: TransformContext): EngineResource {
  const { node } = resource;
  const metadata = nodeAt(node, ['metadata']);
  const hash = contentHash(node);
  if (metadata?.kind !== 'map' || hash === undefined) return resource;
  const before = metadata.entries.get('name');
  const text = `${textAt(metadata, 'name') ?? ''}-${hash}`;
  const origin = context.cause('nameSuffixHash', [], before?.origin);
  const style = before?.kind === 'scalar' ? before.style : 'plain';
  const renamed = withEntry(metadata, 'name', { kind: 'scalar', text, style, origin });
  return { ...storePreviousId(resource), node: withEntry(node, 'metadata', renamed) };
}

/** Appends the hash to the names that ask for it (HashTransformer); runs once, at the end of the outermost build. */
export function appendHashes(
  resources: readonly EngineResource[],
  context: TransformContext,
): readonly EngineResource[] {
  return resources.map((one) => (one.generated?.needsHash === true ? withHash(one, context) : one));
}
