import { parseResourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { graphRequest, locateRequest } from '../../../server/protocol/messages';
import { type SourcePlace } from '../../../server/protocol/place';
import { type LanguageServer } from '../../language/language-server';
import { parseLiveId } from '../../status/live/live-id';
import { parsePath, type NodePath } from '../../status/tree/node-path';

/** The object of a row, and who applied it where only an inventory lists it. */
export interface RowObject {
  readonly key: ResourceKey;
  readonly owner?: ResourceKey | undefined;
}

/** Where the open repositories write an object, in one of their clusters. */
export interface Declaration {
  /** URI of the repository's root. */
  readonly root: string;
  /** Folder of the cluster. */
  readonly cluster: string;
  /** Who applies it there; empty for the entry point. */
  readonly owner: ResourceKey;
  readonly place: SourcePlace;
}

/** The object that a row stands for; undefined for rows of none. */
export function rowObject(path: NodePath): RowObject | undefined {
  const steps = parsePath(path) ?? [];
  const last = steps.at(-1);
  if (last?.type === 'object') {
    const address = parseLiveId(last.value);
    return address && { key: address.key, owner: undefined };
  }
  if (last?.type !== 'listed') return undefined;
  const key = parseLiveId(last.value)?.key ?? last.value;
  const above = steps.findLast(({ type }) => type === 'object');
  const owner = above && parseLiveId(above.value)?.key;
  return parseResourceKey(key) === undefined ? undefined : { key, owner };
}

/**
 * Where an object is written, and where no file writes it who applied it: what a chart installs stands in no file of its own.
 * @returns whose declarations they are; empty when nobody's were found
 */
export async function nearestDeclarations(
  { key, owner }: RowObject,
  server: Pick<LanguageServer, 'ask' | 'status'>,
): Promise<{ readonly key: ResourceKey; readonly found: readonly Declaration[] }> {
  const own = await declarationsOf({ key, owner }, server);
  if (own.length > 0 || owner === undefined) return { key, found: own };
  const found = await declarationsOf({ key: owner }, server);
  return found.length > 0 ? { key: owner, found } : { key, found };
}

/**
 * Looks an object up in all open repositories, each of their clusters on its own; an inventory's entry as the object that
 * its applier renders. Empty when none declares it, or the server cannot tell yet.
 */
export async function declarationsOf(
  { key, owner }: RowObject,
  server: Pick<LanguageServer, 'ask' | 'status'>,
): Promise<readonly Declaration[]> {
  const found = new Map<string, Declaration>();
  for (const root of server.status().clusters.keys()) {
    const graph = await server.ask(graphRequest, { root });
    for (const { cluster, nodes } of graph?.available === true ? graph.clusters : []) {
      for (const { address } of nodes) {
        const [path = '', applier = '', named] = address.split('|');
        if (named !== (owner ?? key)) continue;
        const wanted = owner === undefined ? address : `${path}|${owner}|${key}`;
        const answer = await server.ask(locateRequest, { root, address: wanted });
        const place = answer?.available === true ? answer.places[0] : undefined;
        if (place !== undefined) {
          // The same lines may be rendered for several clusters, and count once in each.
          const one = { root, cluster, owner: owner ?? applier, place };
          found.set(`${cluster} ${one.owner} ${place.uri} ${JSON.stringify(place.range)}`, one);
        }
      }
    }
  }
  return [...found.values()];
}

/**
 * Which of some declarations an object of a context is. Others have the same name, in a cluster of the repository or in one that
 * something is applied to from there.
 * @param livesIn the context in which what a declaration renders to lives; undefined where its cluster is bound to none
 * @param isBound whether some cluster of a repository is bound to the context
 * @returns each place once; `isMeant` is false where they are all of other clusters, as far as anybody knows
 */
export function declarationsIn(
  found: readonly Declaration[],
  context: string,
  livesIn: (declaration: Declaration) => string | undefined,
  isBound: boolean,
): { readonly found: readonly Declaration[]; readonly isMeant: boolean } {
  const own = found.filter((declaration) => livesIn(declaration) === context);
  if (own.length > 0) return { found: distinctPlaces(own), isMeant: true };
  const unbound = isBound ? [] : found.filter((declaration) => livesIn(declaration) === undefined);
  if (unbound.length > 0) return { found: distinctPlaces(unbound), isMeant: true };
  return { found: distinctPlaces(found), isMeant: found.length === 0 };
}

/** Of declarations of several clusters each place once, as of the first of them. */
export function distinctPlaces(found: readonly Declaration[]): readonly Declaration[] {
  const places = new Map<string, Declaration>();
  for (const one of found) {
    const key = `${one.place.uri} ${JSON.stringify(one.place.range)}`;
    if (!places.has(key)) places.set(key, one);
  }
  return [...places.values()];
}
