import { describe, type ResourceId } from '../../../server/model/resource-id';
import { parseInventoryEntry } from '../live/inventory';
import { boundedText } from '../live/bounded-text';
import { liveId, type LiveId } from '../live/live-id';
import { contextOfObjects, type LiveView } from '../relations/live-view';
import { matchesText } from './filter';

/** One object that a search found. */
export interface SearchResult {
  readonly id: ResourceId;
  readonly label: string;
  /** Where it lives; undefined in a cluster nobody bound. */
  readonly context: string | undefined;
  /** The watched object; undefined for one that is only listed. */
  readonly target: LiveId | undefined;
  /** For a listed one: who applied it. */
  readonly appliedBy: LiveId | undefined;
}

/**
 * Objects whose kind, namespace and name hold all words of a text: watched ones first, then those that inventories list.
 * Looks at everything that is known, opened or not. Empty for an empty text.
 */
export function searchObjects(view: LiveView, text: string, most = 200): readonly SearchResult[] {
  const words = text.trim();
  if (words === '') return [];
  const watched: SearchResult[] = [];
  const listed: SearchResult[] = [];
  for (const context of view.contexts()) {
    for (const status of view.find(context)?.all() ?? []) {
      const target = liveId(context, status.key);
      if (watched.length < most && matchesText(words, status.id)) {
        watched.push({ id: status.id, label: labelOf(status.id), context, target, appliedBy: undefined });
      }
      if (listed.length >= most || status.inventory === undefined) continue;
      const at = contextOfObjects(view, context, status);
      for (const entry of status.inventory) {
        const id = parseInventoryEntry(entry);
        if (id === undefined || !matchesText(words, id)) continue;
        const isWatched = at !== undefined && view.get(liveId(at, id)) !== undefined;
        if (!isWatched) listed.push({ id, label: labelOf(id), context: at, target: undefined, appliedBy: target });
      }
    }
  }
  return [...watched, ...listed].slice(0, most);
}

const labelOf = (id: ResourceId): string => boundedText(describe(id), 500);
