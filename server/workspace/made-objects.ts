import { type BuildResult, type Hole, type RenderedObject } from '../build/build';
import { type BuildEnvironment } from '../build/flux/environment';
import { artifactGeneratorGroup } from './sources/artifact-generators';
import { type EntryPoint, operatorGroup } from './entry-point';
import { holeBehind } from './expected-holes';
import { impliedArtifacts } from './implied-objects';
import { expandResourceSet } from './resource-set';
import { type SourceMap } from './sources/map-sources';

/** True for an object that makes others by itself, or leaves it unknown what does. */
export function impliesMore(object: RenderedObject, hasInstance: boolean): boolean {
  const { group, kind } = object.id;
  const isGenerator = group === artifactGeneratorGroup || (group === operatorGroup && kind === 'ResourceSet');
  return isGenerator || holeBehind(object, hasInstance) !== undefined;
}

/** Adds what objects of the build make by themselves, and holes for what is not known of that. */
export function withImplied(
  entry: EntryPoint,
  result: BuildResult,
  environment: BuildEnvironment,
  map: SourceMap,
): BuildResult {
  const objects = [...result.objects];
  const holes: Hole[] = [...result.holes];
  const sources = new Map(result.sources);
  let { trees, asked } = result;
  for (const object of result.objects) {
    if (object.id.group === artifactGeneratorGroup) {
      const made = map.artifactsOf(object);
      objects.push(...impliedArtifacts(object, made.artifacts));
      trees = new Map([...trees, ...made.trees]);
      asked = new Set([...asked, ...made.asked]);
    }
    if (object.id.group === operatorGroup && object.id.kind === 'ResourceSet') {
      const expanded = expandResourceSet(object, environment);
      objects.push(...expanded.objects);
      for (const [key, answer] of expanded.sources) sources.set(key, answer);
      if (expanded.isWhole) continue;
    }
    const hole = holeBehind(object, entry.instance !== undefined);
    if (hole !== undefined) holes.push(hole);
  }
  const isSample = result.owner.object.isSample === true;
  return {
    ...result,
    objects: isSample ? objects.map((object) => ({ ...object, isSample })) : objects,
    holes,
    trees,
    asked,
    sources,
  };
}
