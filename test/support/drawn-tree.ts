import { StatusStore } from '../../client/status/store/status-store';
import { everything } from '../../client/status/tree/filter';
import { type TreeModel, viewSections, type TreeMode, type TreeOptions } from '../../client/status/tree/tree-model';
import { FakeClock } from './fake-clock';
import { feed, fullObject, type ShortObject } from './live-objects';

/** Choices of a view, with its defaults. */
export const options = (mode: TreeMode, more: Partial<TreeOptions> = {}): TreeOptions => ({
  sections: viewSections.objects,
  mode,
  filter: everything,
  favorites: new Set(),
  ...more,
});

/** A store that holds some objects, all watches of which are live. */
export function storeOf(...objects: readonly ShortObject[]): StatusStore {
  const store = new StatusStore(new FakeClock());
  feed(store, objects.map(fullObject));
  return store;
}

/** The whole tree as indented lines, `label  description`. */
export function draw(model: TreeModel, path?: string, depth = 0): string[] {
  return model
    .children(path)
    .flatMap((node) => [
      `${'  '.repeat(depth)}${[node.label, node.description].filter(Boolean).join('  ')}`,
      ...(node.isExpandable && depth < 12 ? draw(model, node.path, depth + 1) : []),
    ]);
}
