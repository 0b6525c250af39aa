import { type TransformContext } from '../context';
import { type EngineFault } from '../fault';
import { notAMap, unreadableMap } from '../metadata/pairs';
import { type EngineResource } from '../resource';
import { allIds, areSameId, currentId, describeId } from '../transform/identity';
import { type GeneratorPlace } from './make-object';
import { mergeGenerated } from './merge-generated';

/**
 * The resources with a generated one added, or put in the place of the one it names (resWrangler,
 * appendReplaceOrMerge).
 */
export function absorbGenerated(
  resources: readonly EngineResource[],
  generated: EngineResource,
  place: Pick<GeneratorPlace, 'path'>,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  const id = currentId(generated);
  const name = describeId(id);
  const behavior = generated.generated?.behavior ?? 'create';
  const matches = resources.filter((one) => allIds(one).some((known) => areSameId(known, id)));
  const [old] = matches;
  if (old === undefined) {
    if (behavior === 'create') return [...resources, generated];
    const message = `There is no ${name} to ${behavior} with. Flux cannot build this.`;
    return context.fault('generator-target-missing', message, [...place.path, 'behavior']);
  }
  if (matches.length > 1) {
    const message = `${String(matches.length)} objects are or were called ${name}, so none can be changed. Flux cannot build this.`;
    return context.fault('generator-target-ambiguous', message, place.path);
  }
  if (behavior === 'create') {
    const message = `${name} exists already, and the behavior is not merge or replace. Flux cannot build this.`;
    return context.fault('generator-exists', message, place.path);
  }
  if (unreadableMap(old) !== undefined) return notAMap(old, context);
  const merged = mergeGenerated(generated, old, behavior === 'merge');
  // Upstream looks for the place by the current id, which another object may have by now.
  const same = resources.filter((one) => areSameId(currentId(one), currentId(merged)));
  if (same.length !== 1) {
    const message = `${String(same.length)} objects are called ${name}. Flux cannot build this.`;
    return context.fault('generator-target-ambiguous', message, place.path);
  }
  return resources.map((one) => (one === old ? merged : one));
}
