import { nameOf, type GraphModel } from './model';
import { printable } from './shape';
import { type Selection } from './selection';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
/** Members of a ring that are named; a longer one ends in an ellipsis. */
const named = 5;

/** One line on what is shown; every dependency cycle is named in it, shown or not. */
export function summary(model: GraphModel, { nodes, edges }: Selection, focus?: string): string {
  const shown =
    nodes.length === model.nodes.size
      ? counted(nodes.length, 'object')
      : `${nodes.length} of ${counted(model.nodes.size, 'object')}`;
  const focused = focus === undefined ? undefined : model.nodes.get(focus);
  const near = focused === undefined ? '' : `, next to ${focused.kind} ${nameOf(focused)}`;
  const rings = model.cycles.map((cycle) => {
    const names = cycle.slice(0, named).map((id) => {
      const node = model.nodes.get(id);
      return node === undefined ? id : nameOf(node);
    });
    return [...names, cycle.length > named ? '…' : (names[0] ?? '')].join(' → ');
  });
  const cycles = rings.length === 0 ? '' : `, ${counted(rings.length, 'dependency cycle')}: ${rings.join('; ')}`;
  return printable(`${shown}, ${counted(edges.length, 'relation')}${near}${cycles}`);
}
