import { type ApiClient } from '../api/client';
import { discoverKinds } from '../api/discovery';
import { fieldAt, listAt, textAt } from '../api/json';
import { type ServedKind } from '../api/path';
import { findWatched } from '../api/watched-kinds';
import { unlessCancelled } from '../cancellation';
import { fail } from '../failure';
import { type WallClock } from '../ports';

/** How objects of a kind are asked for; what was found is kept for ten minutes, as by the watches. */
export interface KindFinder {
  /**
   * @param version any served one when undefined; for the product's kinds the one that is watched
   * Throws `absent` when the server does not serve the kind.
   */
  find(group: string, kind: string, version?: string, signal?: AbortSignal): Promise<ServedKind>;
}

// An upgrade of Flux takes versions away.
const keep = 10 * 60_000;

/** Looks kinds up on the server of a client. */
export function createKindFinder(client: ApiClient, clock: WallClock): KindFinder {
  const found = new Map<string, { readonly served: ServedKind; readonly until: number }>();
  const remember = (key: string, served: ServedKind): void =>
    void found.set(key, { served, until: clock.now() + keep });
  const recall = (key: string): ServedKind | undefined => {
    const known = found.get(key);
    return known !== undefined && clock.now() < known.until ? known.served : undefined;
  };
  let discovering: ReturnType<typeof discoverKinds> | undefined;
  const { context } = client.target;
  const ask = { what: `ask ${context} for its kinds` };
  const versionsOf = async (group: string, signal?: AbortSignal): Promise<readonly string[]> => {
    if (group === '') return ['v1'];
    const answer = await client.json({ path: `/apis/${encodeURIComponent(group)}`, ...ask, ...(signal && { signal }) });
    const preferred = textAt(answer, 'preferredVersion', 'version');
    const all = listAt(answer, 'versions').map((version) => textAt(version, 'version'));
    return [preferred, ...all.filter((one) => one !== preferred)];
  };
  return {
    async find(group, kind, version, signal) {
      const key = `${group}/${kind}/${version ?? ''}`;
      const known = recall(key);
      if (known !== undefined) return known;
      if (version === undefined && findWatched(group, kind) !== undefined) {
        // Many kinds are asked about at one time, and one answer tells of all of them.
        discovering ??= discoverKinds(client).finally(() => (discovering = undefined));
        for (const one of await unlessCancelled(discovering, signal)) {
          if (one.name === 'served') remember(`${one.entry.group}/${one.entry.kind}/`, one.served);
        }
        const own = recall(key);
        if (own !== undefined) return own;
      }
      for (const one of version === undefined ? await versionsOf(group, signal) : [version]) {
        const root = group === '' ? '/api' : `/apis/${encodeURIComponent(group)}`;
        const answer = await client.json({
          path: `${root}/${encodeURIComponent(one)}`,
          ...ask,
          ...(signal && { signal }),
        });
        for (const resource of listAt(answer, 'resources')) {
          const plural = textAt(resource, 'name');
          if (textAt(resource, 'kind') !== kind || plural.includes('/')) continue;
          const namespaced = fieldAt(resource, 'namespaced') === true;
          const served = { group, version: one, kind, plural, namespaced };
          remember(key, served);
          return served;
        }
      }
      return fail('absent', `${context} has no kind ${kind}${group === '' ? '' : ` of ${group}`}.`);
    },
  };
}
