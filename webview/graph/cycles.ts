interface Edge {
  readonly from: string;
  readonly to: string;
}

/**
 * Strongly connected parts with more than one node, and nodes with an edge to themselves; each in the order in which a
 * depth-first search met its nodes, which for a simple ring is the order of the ring.
 */
export function findCycles(edges: readonly Edge[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  }
  const parts = stronglyConnected(next);
  return parts.filter(([only, another]) => another !== undefined || next.get(only ?? '')?.includes(only ?? ''));
}

interface Visit {
  readonly id: string;
  readonly open: string[];
}

// Tarjan's algorithm with a stack of its own: a chain of thousands must not end in a stack overflow.
function stronglyConnected(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const parts: string[][] = [];
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id) ?? to, to));
  for (const start of next.keys()) {
    const visits: Visit[] = [];
    const enter = (id: string): void => {
      index.set(id, index.size);
      lower(id, index.size - 1);
      path.push(id);
      onPath.add(id);
      visits.push({ id, open: [...(next.get(id) ?? [])].reverse() });
    };
    if (!index.has(start)) enter(start);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { id } = visit;
      const to = visit.open.pop();
      if (to !== undefined) {
        const seen = index.get(to);
        if (seen === undefined) enter(to);
        else if (onPath.has(to)) lower(id, seen);
        continue;
      }
      visits.pop();
      const above = visits.at(-1);
      if (above !== undefined) lower(above.id, low.get(id) ?? 0);
      if (low.get(id) !== index.get(id)) continue;
      const part = path.splice(path.lastIndexOf(id));
      for (const member of part) onPath.delete(member);
      parts.push(part);
    }
  }
  return parts;
}
