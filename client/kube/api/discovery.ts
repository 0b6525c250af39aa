import { type LiveObject, type LiveValue } from '../../status/object-sink';
import { type Failure, failureOf } from '../failure';
import { type ApiClient } from './client';
import { asObject, fieldAt, listAt, textAt } from './json';
import { pathOf, type ServedKind } from './path';
import { type WatchedEntry, watchedKinds } from './watched-kinds';

/** What the server serves of one of the product's kinds. */
export type DiscoveredKind =
  | { readonly name: 'served'; readonly entry: WatchedEntry; readonly served: ServedKind }
  | { readonly name: 'absent'; readonly entry: WatchedEntry }
  /** The server could not say. */
  | { readonly name: 'unknown'; readonly entry: WatchedEntry; readonly failure: Failure };

/** plural → versions → the kind, for one group. */
type GroupContent = ReadonlyMap<string, ReadonlyMap<string, ServedKind>>;

const aggregated = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

/**
 * Which versions of the watched kinds are served: by aggregated discovery (Kubernetes 1.26 and newer), else group
 * by group. The newest version that both sides know is taken, or the one the server prefers when there is none.
 */
export async function discoverKinds(client: ApiClient, signal?: AbortSignal): Promise<readonly DiscoveredKind[]> {
  const answer = await client.json({
    path: '/apis',
    accept: `${aggregated('v2')},${aggregated('v2beta1')},application/json`,
    what: `ask ${client.target.context} for its kinds`,
    ...(signal === undefined ? {} : { signal }),
  });
  const isAggregated = textAt(answer, 'kind') === 'APIGroupDiscoveryList';
  const contents = isAggregated ? aggregatedContent(answer) : await groupContents(client, answer, signal);
  return watchedKinds.map((entry): DiscoveredKind => {
    const content = contents.get(entry.group);
    if (content === undefined) return { name: 'absent', entry };
    if ('message' in content) return { name: 'unknown', entry, failure: content };
    const versions = content.get(entry.plural);
    const known = entry.versions.map(({ name }) => versions?.get(name)).find((found) => found !== undefined);
    const served = known ?? [...(versions?.values() ?? [])][0];
    return served === undefined ? { name: 'absent', entry } : { name: 'served', entry, served };
  });
}

function aggregatedContent(answer: LiveObject): Map<string, GroupContent> {
  const contents = new Map<string, GroupContent>();
  for (const item of listAt(answer, 'items')) {
    const group = textAt(item, 'metadata', 'name');
    const content = new Map<string, Map<string, ServedKind>>();
    for (const version of listAt(item, 'versions')) {
      for (const resource of listAt(version, 'resources')) {
        add(content, {
          group,
          version: textAt(version, 'version'),
          kind: textAt(resource, 'responseKind', 'kind'),
          plural: textAt(resource, 'resource'),
          namespaced: textAt(resource, 'scope') === 'Namespaced',
        });
      }
    }
    contents.set(group, content);
  }
  return contents;
}

/** One request for each version of the groups that matter; a group that fails makes its kinds unknown, not absent. */
async function groupContents(
  client: ApiClient,
  answer: LiveObject,
  signal: AbortSignal | undefined,
): Promise<Map<string, GroupContent | Failure>> {
  const wanted = new Set(watchedKinds.map(({ group }) => group));
  const contents = new Map<string, GroupContent | Failure>();
  const ask = async (item: LiveValue): Promise<void> => {
    const group = textAt(item, 'name');
    const content = new Map<string, Map<string, ServedKind>>();
    const preferred = textAt(item, 'preferredVersion', 'version');
    const versions = listAt(item, 'versions').map((version) => textAt(version, 'version'));
    try {
      for (const version of [preferred, ...versions.filter((one) => one !== preferred)]) {
        const list = await client.json({
          path: pathOf({ group, version, plural: '' }, undefined).replace(/\/$/, ''),
          what: `ask ${client.target.context} for its kinds`,
          ...(signal === undefined ? {} : { signal }),
        });
        for (const resource of listAt(list, 'resources')) {
          const namespaced = fieldAt(resource, 'namespaced') === true;
          add(content, {
            group,
            version,
            kind: textAt(resource, 'kind'),
            plural: textAt(resource, 'name'),
            namespaced,
          });
        }
      }
      contents.set(group, content);
    } catch (error) {
      contents.set(group, failureOf(error));
    }
  };
  const groups = listAt(answer, 'groups').filter((item) => asObject(item) && wanted.has(textAt(item, 'name')));
  await Promise.all(groups.map(ask));
  return contents;
}

// The server names its preferred version first, so that one stays first.
function add(content: Map<string, Map<string, ServedKind>>, kind: ServedKind): void {
  let versions = content.get(kind.plural);
  if (versions === undefined) content.set(kind.plural, (versions = new Map<string, ServedKind>()));
  versions.set(kind.version, kind);
}
