import { readBinding, type Bindable, type Binding } from './bindings';
import { type MachineStorage } from './machine-storage';

/** Something that was bound, and to what. */
export interface BoundCluster {
  readonly what: Bindable;
  readonly binding: Binding;
}

/** All that was confirmed on this machine, whether it still holds or not; what cannot be read is left out. */
export function boundClusters(
  storage: Pick<MachineStorage, 'get'> & { keys(): readonly string[] },
): readonly BoundCluster[] {
  return storage.keys().flatMap((key): readonly BoundCluster[] => {
    const [prefix, kind, first, second, rest] = key.split('/');
    if (prefix !== 'binding' || first === undefined || second === undefined || rest !== undefined) return [];
    const binding = readBinding(storage.get(key));
    if (binding === undefined) return [];
    try {
      const [a, b] = [decodeURIComponent(first), decodeURIComponent(second)];
      if (kind === 'cluster') return [{ what: { kind, root: a, path: b }, binding }];
      return kind === 'target' ? [{ what: { kind, context: a, target: b }, binding }] : [];
    } catch {
      return [];
    }
  });
}
