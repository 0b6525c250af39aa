import { type RenderedObject } from '../build/build';

/** Objects of one kind in a cluster, of which an edit usually changes one among thousands. */
export type ObjectList = readonly RenderedObject[];

/** How a list was made from another. */
export interface ListChange {
  readonly lost: readonly RenderedObject[];
  readonly gained: readonly RenderedObject[];
}

interface Making extends ListChange {
  /** The older list is not kept alive by the newer. */
  readonly from: WeakRef<ObjectList>;
}

const makings = new WeakMap<ObjectList, Making>();
// Several passes may have been dropped since somebody looked at a list.
const longestWay = 16;

/** Notes that a list holds what another held, but for these. */
export function noteChange(list: ObjectList, from: ObjectList, { lost, gained }: ListChange): void {
  makings.set(list, { from: new WeakRef(from), lost, gained });
}

/** All that was lost and gained since the nearest older list that `isKnown`; undefined where there is none. */
export function changeSince(list: ObjectList, isKnown: (older: ObjectList) => boolean): ListChange | undefined {
  const lost: RenderedObject[] = [];
  const gained: RenderedObject[] = [];
  let here: ObjectList | undefined = list;
  for (let steps = 0; here !== undefined && steps < longestWay; steps++) {
    if (isKnown(here)) return { lost, gained };
    const making = makings.get(here);
    lost.push(...(making?.lost ?? []));
    gained.push(...(making?.gained ?? []));
    here = making?.from.deref();
  }
  return undefined;
}

/** The list that one was made from by adding to it; undefined where it was not. */
export function extendedFrom(list: ObjectList): ObjectList | undefined {
  const making = makings.get(list);
  return making?.lost.length === 0 ? making.from.deref() : undefined;
}
