import { normalServer } from '../binding/context-identity';
import { type MachineStorage } from '../binding/machine-storage';
import { parseLiveId } from '../live/live-id';
import { type SuspendStep, type UndoList } from './undo';

const most = 20;
const keyOf = (context: string): string => `undo/${encodeURIComponent(context)}`;

/**
 * The undo lists of a context that are kept on this machine, newest first; what cannot be read is left out.
 * @param server where the context leads now: what was done on another server is left out; without it all are there
 */
export function undoLists(storage: Pick<MachineStorage, 'get'>, context: string, server = ''): readonly UndoList[] {
  try {
    const value: unknown = JSON.parse(storage.get(keyOf(context)) ?? '[]');
    return Array.isArray(value) ? value.flatMap(readList).filter((list) => isOf(list, server)) : [];
  } catch {
    return [];
  }
}

/** Keeps what takes an action back, before older ones. */
export async function keepUndo(storage: MachineStorage, context: string, list: UndoList): Promise<void> {
  await storage.set(keyOf(context), JSON.stringify([list, ...undoLists(storage, context)].slice(0, most)));
}

/** Forgets a list that was carried out. */
export async function dropUndo(storage: MachineStorage, context: string, list: UndoList): Promise<void> {
  const rest = undoLists(storage, context).filter((one) => JSON.stringify(one) !== JSON.stringify(list));
  await storage.set(keyOf(context), rest.length === 0 ? undefined : JSON.stringify(rest));
}

const isOf = ({ server: then = '' }: UndoList, now: string): boolean =>
  then === '' || now === '' || normalServer(then) === normalServer(now);

function readList(value: unknown): UndoList[] {
  if (typeof value !== 'object' || value === null) return [];
  const { at, by, reason, steps, server } = value as Partial<Record<keyof UndoList, unknown>>;
  if (typeof at !== 'number' || typeof by !== 'string' || typeof reason !== 'string') return [];
  const read = Array.isArray(steps) ? (steps as readonly unknown[]).flatMap(readStep) : [];
  const where = typeof server === 'string' && server !== '' ? { server } : {};
  return read.length === 0 ? [] : [{ at, by, reason, steps: read, ...where }];
}

function readStep(value: unknown): SuspendStep[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, action } = value as Partial<Record<keyof SuspendStep, unknown>>;
  if (typeof id !== 'string' || parseLiveId(id) === undefined) return [];
  return action === 'suspend' || action === 'resume' ? [{ id, action }] : [];
}
