import { type BuildResult, type Hole, type RenderedObject } from '../build/build';
import { objectDifference } from '../build/object-difference';
import { hasUnknownIdentity } from '../build/unknown';
import { pauseEvery, type Steps } from '../model/steps';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { BucketMap } from './bucket-map';
import { type Lookup } from './cluster';
import { noteChange } from './object-list';

const kindKey = (group: string, kind: string): string => `${group}/${kind}`;

/** True when the object's key can be trusted as its identity in the cluster. */
function hasKnownId(object: RenderedObject): boolean {
  // A namespaced object without a namespace gets one that nothing here knows.
  const lacksNamespace = object.id.namespace === '' && object.resource?.entry?.scope === 'Namespaced';
  return !lacksNamespace && !hasUnknownIdentity(object.unknown) && !isTemplate(object.id);
}

/** No object is called so: a variable that nothing replaces is meant to become another name. */
const isTemplate = ({ name, namespace }: ResourceId): boolean => name.includes('${') || namespace.includes('${');

/** Objects of one cluster by id and by kind. Immutable: builds that come and go make a new index. */
export class ClusterIndex {
  private constructor(
    readonly byKey: BucketMap<readonly RenderedObject[]>,
    readonly byKind: BucketMap<readonly RenderedObject[]>,
    /** Keys of the Kustomizations whose builds read a file. */
    readonly readers: BucketMap<readonly ResourceKey[]>,
    readonly holes: readonly Hole[],
  ) {}

  static readonly empty = new ClusterIndex(BucketMap.of(), BucketMap.of(), BucketMap.of(), []);

  /**
   * The index after some builds were replaced.
   * @param isHere false for builds whose objects live in another cluster: only their files are indexed.
   * @param holes those of all builds that remain.
   */
  *after(
    gone: readonly BuildResult[],
    come: readonly BuildResult[],
    isHere: (build: BuildResult) => boolean,
    holes: readonly Hole[],
  ): Steps<ClusterIndex> {
    const lost = new Set<RenderedObject>();
    const gained: RenderedObject[] = [];
    const old = new Map(gone.filter(isHere).map((build) => [build.owner.key, build]));
    for (const build of come.filter(isHere)) {
      const difference = objectDifference(old.get(build.owner.key), build);
      old.delete(build.owner.key);
      gained.push(...difference.come);
      for (const object of difference.gone) lost.add(object);
    }
    for (const build of old.values()) for (const object of build.objects) lost.add(object);
    return new ClusterIndex(
      yield* regroup(this.byKey, lost, gained, (object) => object.key),
      yield* regroup(this.byKind, lost, gained, (object) => kindKey(object.id.group, object.id.kind)),
      yield* changeReaders(this.readers, gone, come),
      holes,
    );
  }

  /** The index with one more object, which stands in no build. */
  with(object: RenderedObject): ClusterIndex {
    const kind = kindKey(object.id.group, object.id.kind);
    const before = this.byKind.get(kind);
    const list = [...(before ?? []), object];
    if (before !== undefined) noteChange(list, before, { lost: [], gained: [object] });
    return new ClusterIndex(
      this.byKey.with([[object.key, [...(this.byKey.get(object.key) ?? []), object]]]),
      this.byKind.with([[kind, list]]),
      this.readers,
      this.holes,
    );
  }

  objectsOf(group: string, kind: string): readonly RenderedObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  find(id: ResourceId): Lookup {
    const key: ResourceKey = resourceKey(id);
    const objects = (this.byKey.get(key) ?? []).filter(hasKnownId);
    if (objects.length > 0) return { kind: 'found', objects };
    const hole = this.holes.find((candidate) => mayProvide(candidate, id)) ?? this.#unknownIdOf(id);
    return hole === undefined ? { kind: 'missing' } : { kind: 'unknown', hole };
  }

  /** An object of the same kind whose name or namespace is not known may be the one that is asked for. */
  #unknownIdOf(id: ResourceId): Hole | undefined {
    const object = this.objectsOf(id.group, id.kind).find(
      (candidate) => !hasKnownId(candidate) && couldBe(candidate, id),
    );
    if (object === undefined) return undefined;
    const at = object.resource && {
      file: object.resource.file,
      document: object.resource.document,
      path: ['metadata'],
    };
    return {
      reason: 'unknown-field',
      message: `The name of ${object.id.name} is not known.`,
      provides: { kind: 'nothing' },
      at,
    };
  }
}

function* byKey(
  objects: Iterable<RenderedObject>,
  keyOf: (object: RenderedObject) => string,
): Steps<Map<string, RenderedObject[]>> {
  const groups = new Map<string, RenderedObject[]>();
  let count = 0;
  for (const object of objects) {
    const key = keyOf(object);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [object]);
    else group.push(object);
    if (++count % pauseEvery === 0) yield;
  }
  return groups;
}

function* regroup(
  map: BucketMap<readonly RenderedObject[]>,
  lost: ReadonlySet<RenderedObject>,
  gained: readonly RenderedObject[],
  keyOf: (object: RenderedObject) => string,
): Steps<BucketMap<readonly RenderedObject[]>> {
  const changed = new Map<string, RenderedObject[]>();
  const listOf = (key: string): RenderedObject[] => {
    const known = changed.get(key) ?? [...(map.get(key) ?? [])];
    changed.set(key, known);
    return known;
  };
  const went = yield* byKey(lost, keyOf);
  const came = yield* byKey(gained, keyOf);
  for (const [key, gone] of went) {
    const list = listOf(key);
    // A kind may have thousands of objects, of which an edit changes one.
    const [only] = gone;
    if (gone.length > 1 || only === undefined)
      changed.set(
        key,
        list.filter((object) => !lost.has(object)),
      );
    else if (list.includes(only)) list.splice(list.indexOf(only), 1);
  }
  let count = 0;
  for (const [key, objects] of came) {
    const list = listOf(key);
    for (const object of objects) {
      list.push(object);
      if (count++ % pauseEvery === 0) yield;
    }
  }
  for (const [key, list] of changed) {
    const before = map.get(key);
    if (before !== undefined) noteChange(list, before, { lost: went.get(key) ?? [], gained: came.get(key) ?? [] });
    if (++count % pauseEvery === 0) yield;
  }
  return yield* map.withInSteps(
    [...changed].map(([key, list]) => [key, list.length === 0 ? undefined : list] as const),
  );
}

/** Stays the same map while every build reads the files it read before. */
function* changeReaders(
  readers: BucketMap<readonly ResourceKey[]>,
  gone: readonly BuildResult[],
  come: readonly BuildResult[],
): Steps<BucketMap<readonly ResourceKey[]>> {
  const changed = new Map<string, ResourceKey[]>();
  const listOf = (file: string): ResourceKey[] => {
    const known = changed.get(file) ?? [...(readers.get(file) ?? [])];
    changed.set(file, known);
    return known;
  };
  const successors = new Map(come.map((build) => [build.owner.key, build]));
  for (const build of gone) {
    const next = successors.get(build.owner.key);
    if (next?.inputs === build.inputs) continue;
    for (const file of build.inputs.keys()) {
      if (next?.inputs.get(file) === build.inputs.get(file)) continue;
      const list = listOf(file);
      list.splice(list.indexOf(build.owner.key), 1);
    }
    yield;
  }
  const predecessors = new Map(gone.map((build) => [build.owner.key, build]));
  for (const build of come) {
    const old = predecessors.get(build.owner.key);
    if (old?.inputs === build.inputs) continue;
    for (const file of build.inputs.keys()) {
      if (old?.inputs.get(file) !== build.inputs.get(file)) listOf(file).push(build.owner.key);
    }
    yield;
  }
  return yield* readers.withInSteps(
    [...changed].map(([file, list]) => [file, list.length === 0 ? undefined : list] as const),
  );
}

/** True when a part that is known does not contradict the id: text around variables must fit. */
function couldBe(object: RenderedObject, id: ResourceId): boolean {
  return fits(object.id.name, id.name, object) && fits(object.id.namespace, id.namespace, object);
}

function fits(pattern: string, text: string, object: RenderedObject): boolean {
  if (!pattern.includes('${'))
    return pattern === '' || pattern === text || object.unknown === 'everything' || isRewritten(object);
  const [before = '', ...rest] = pattern.split(/\$\{[^}]*\}/);
  const after = rest.at(-1) ?? '';
  return text.startsWith(before) && text.endsWith(after);
}

// Identity rewritten by something that is not rendered (prefixes, replacements): the text says nothing.
function isRewritten(object: RenderedObject): boolean {
  return object.unknown !== 'everything' && !isTemplate(object.id);
}

/** True when a hole may hold an object with this id. */
export function mayProvide(hole: Hole, id: Pick<ResourceId, 'group' | 'kind'>): boolean {
  const { provides } = hole;
  if (provides.kind !== 'kinds') return provides.kind === 'anything';
  return provides.kinds.some(({ group, kind }) => group === id.group && kind === id.kind);
}
