import { spliced } from '../model/differing-part';
import { type FilePath } from '../model/file-path';
import { type DocumentRef, type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { type Repository } from './repository';
import { changedSet, concernsSecrets } from './secret-files';

/** Files whose text names a Flux API group, a CustomResourceDefinition or secrets, found without reading them as YAML. */
export interface FluxFiles {
  /** In order of their paths. */
  readonly flux: ReadonlySet<FilePath>;
  readonly definitions: ReadonlySet<FilePath>;
  /** YAML files that rules of scope `file` look at, in order of their paths. */
  readonly secrets: ReadonlySet<FilePath>;
}

/** Looks at the files again that changed; at all of them the first time. */
export function* findFluxFiles(
  repository: Repository,
  changed: Iterable<FilePath>,
  before: FluxFiles | undefined,
): Steps<FluxFiles> {
  let flux = before?.flux ?? new Set<FilePath>();
  const definitions = new Set(before?.definitions);
  const came: FilePath[] = [];
  const went = new Set<FilePath>();
  const secrets = before?.secrets ?? new Set<FilePath>();
  const moreSecrets: FilePath[] = [];
  const lessSecrets = new Set<FilePath>();
  for (const path of changed) {
    const text = repository.stat(path) === 'file' ? repository.yaml(path)?.text : undefined;
    const isFlux = text?.includes('fluxcd.') === true;
    if (isFlux && !flux.has(path)) came.push(path);
    if (!isFlux && flux.has(path)) went.add(path);
    if (text?.includes('CustomResourceDefinition') === true) definitions.add(path);
    else definitions.delete(path);
    const isSecret = text !== undefined && concernsSecrets(path, text);
    if (isSecret && !secrets.has(path)) moreSecrets.push(path);
    if (!isSecret && secrets.has(path)) lessSecrets.add(path);
    yield;
  }
  flux = changedSet(flux, came, went);
  return { flux, definitions, secrets: changedSet(secrets, moreSecrets, lessSecrets) };
}

/** Declared Flux objects, files in order; those of files that did not change are taken from before. */
export function* fluxResources(
  repository: Repository,
  files: FluxFiles,
  changed: ReadonlySet<FilePath>,
  before: { readonly files: FluxFiles; readonly resources: readonly Resource[] } | undefined,
): Steps<readonly Resource[]> {
  if (before?.files.flux !== files.flux) {
    const found: Resource[] = [];
    for (const path of files.flux) {
      found.push(...(yield* fluxResourcesIn(repository, path)));
      yield;
    }
    return found;
  }
  let found = before.resources;
  for (const path of changed) {
    if (!files.flux.has(path)) continue;
    const start = firstOf(found, path);
    let end = start;
    while (found[end]?.file === path) end++;
    found = spliced(found, start, end, yield* fluxResourcesIn(repository, path));
  }
  return found;
}

function* fluxResourcesIn(repository: Repository, path: FilePath): Steps<Resource[]> {
  const documents = (yield* repository.factsInSteps(path))?.documents ?? [];
  return documents.flatMap(({ resources }) => resources.filter(({ entry }) => entry !== undefined));
}

/** Index of the first resource whose file is the path or comes behind it. */
function firstOf(resources: readonly Resource[], path: FilePath): number {
  let [low, high] = [0, resources.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((resources[middle]?.file ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Documents that declare a CustomResourceDefinition. */
export function* definitionDocuments(repository: Repository, files: FluxFiles): Steps<DocumentRef[]> {
  const found: DocumentRef[] = [];
  for (const file of [...files.definitions].sort()) {
    const documents = (yield* repository.factsInSteps(file))?.documents ?? [];
    for (const [index, { resources }] of documents.entries()) {
      if (resources.some(({ id }) => id.kind === 'CustomResourceDefinition')) found.push({ file, document: index });
    }
    yield;
  }
  return found;
}
