import { type RenderedObject } from '../../build/build';
import { isUnknownAt } from '../../build/unknown';
import { type FilePath } from '../../model/file-path';
import { itemsAt, type JsonValue, stringAt } from '../../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../../model/resource-id';
import { isName } from '../../validation/names';
import { sourceGroup } from '../entry-point';
import { type Captures, fillTemplate, foldersThatMatch, mayMatchBelow, parsePathPattern } from './path-pattern';
import { type TreeOf } from './served-folder';

/** API group of ArtifactGenerators. */
export const artifactGeneratorGroup = 'source.extensions.fluxcd.io';

/** One ExternalArtifact that a generator makes. */
export interface GeneratedArtifact {
  /** May hold `${…}` for what is not known, as names with variables do. */
  readonly name: string;
  readonly namespace: string;
  /** Position among `spec.artifacts`. */
  readonly position: number;
  /** What the placeholders of `spec.pathPattern` stand for in paths; undefined where that is not known. */
  readonly captures: Captures | undefined;
}

/** What a generator makes, and what that was read from besides the generator. */
export interface GeneratedArtifacts {
  readonly artifacts: readonly GeneratedArtifact[];
  /** The source whose folders were matched, and the identity of its tree. */
  readonly trees: ReadonlyMap<ResourceKey, string | undefined>;
  /** Folders of the repository that were listed. */
  readonly asked: ReadonlySet<FilePath>;
}

/** Id of a source as an item of `spec.sources` names it. */
export const namedSource = (generator: RenderedObject, item: JsonValue | undefined): ResourceId => ({
  group: sourceGroup,
  kind: stringAt(item, 'kind') ?? '',
  namespace: stringAt(item, 'namespace') ?? generator.id.namespace,
  name: stringAt(item, 'name') ?? '',
});

/**
 * The artifacts of a generator. With `pathPattern` its artifacts are templates: one each for every folder that matches
 * (source-watcher artifactgenerator_pathpattern.go), names in lower case. Where the folders are not known, or one of the
 * results is refused, which fails them all, any that fits the template may be there.
 */
export function artifactsOf(generator: RenderedObject, treeOf: TreeOf): GeneratedArtifacts {
  const templates = templatesOf(generator);
  const pattern = stringAt(generator.value, 'spec', 'pathPattern') ?? '';
  if (pattern === '') return { artifacts: templates, trees: new Map(), asked: new Set() };
  const guesses = templates.map((template) => ({
    ...template,
    name: withVariables(template.name),
    namespace: withVariables(template.namespace),
    captures: undefined,
  }));
  const parsed = parsePathPattern(pattern);
  const item = itemsAt(generator.value, 'spec', 'sources').find((one) => stringAt(one, 'alias') === parsed?.alias);
  if (parsed === undefined || item === undefined) return { artifacts: guesses, trees: new Map(), asked: new Set() };
  const source = namedSource(generator, item);
  const tree = treeOf(source);
  const trees = new Map([[resourceKey(source), tree?.identity]]);
  if (tree === undefined) return { artifacts: guesses, trees, asked: new Set() };
  const asked = new Set<FilePath>();
  const visit = (directory: FilePath): void => void asked.add(tree.repositoryPath(directory) ?? directory);
  const folders = foldersThatMatch(tree, parsed, visit);
  const made = fillTemplates(templates, folders);
  const isWhole = made !== undefined && !tree.unknown.some((place) => mayMatchBelow(place, parsed));
  return { artifacts: [...(made ?? []), ...(isWhole ? [] : guesses)], trees, asked };
}

function templatesOf(generator: RenderedObject): GeneratedArtifact[] {
  return itemsAt(generator.value, 'spec', 'artifacts').flatMap((artifact, position) => {
    const name = stringAt(artifact, 'name');
    const written = stringAt(artifact, 'namespace') ?? '';
    const namespace = written === '' ? generator.id.namespace : written;
    return name === undefined ? [] : [{ name, namespace, position, captures: new Map() }];
  });
}

/** `{app}` as the variables are written that other names may hold. */
const withVariables = (template: string): string => template.replace(/\{[^{}]*\}/g, '${_}');

/** undefined when the controller refuses one of the results. */
function fillTemplates(
  templates: readonly GeneratedArtifact[],
  folders: Iterable<Captures>,
): GeneratedArtifact[] | undefined {
  const made: GeneratedArtifact[] = [];
  const seen = new Set<string>();
  for (const captures of folders) {
    const lower = new Map([...captures].map(([key, value]) => [key, value.toLowerCase()]));
    if (![...lower.values()].every((value) => isName('label-value', value))) return undefined;
    for (const template of templates) {
      const name = fillTemplate(template.name, lower);
      const namespace = fillTemplate(template.namespace, lower);
      if (name === undefined || namespace === undefined) return undefined;
      const isRefused = !isName('dns-subdomain', name) || !isName('dns-label', namespace);
      if (isRefused || seen.has(`${namespace}/${name}`)) return undefined;
      seen.add(`${namespace}/${name}`);
      made.push({ ...template, name, namespace, captures });
    }
  }
  return made;
}

/** True when it is not known which artifacts a generator makes, whatever its spec says. */
export function hasUnknownArtifacts({ unknown }: RenderedObject): boolean {
  return (
    isUnknownAt(unknown, ['spec', 'artifacts']) ||
    isUnknownAt(unknown, ['spec', 'pathPattern']) ||
    isUnknownAt(unknown, ['metadata', 'namespace'])
  );
}
