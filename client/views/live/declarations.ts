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
  /** Folder of the cluster. */
  readonly cluster: string;
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
        const [path = '', , named] = address.split('|');
        if (named !== (owner ?? key)) continue;
        const wanted = owner === undefined ? address : `${path}|${owner}|${key}`;
        const answer = await server.ask(locateRequest, { root, address: wanted });
        const place = answer?.available === true ? answer.places[0] : undefined;
        if (place !== undefined) found.set(`${place.uri} ${JSON.stringify(place.range)}`, { cluster, place });
      }
    }
  }
  return [...found.values()];
}
