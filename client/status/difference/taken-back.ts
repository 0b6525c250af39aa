import { liveAt, liveItems, liveObject, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';

/** Fields of a live object that Git does not set and the next reconciliation removes, and who had set them. */
export interface TakenBack {
  readonly managers: readonly string[];
  /** JSON pointers, with items of lists by what names them: `/spec/template/spec/containers[name=app]/env`. */
  readonly fields: readonly string[];
}

// By the beginning of the manager's name (kustomize-controller, apply(); fluxcd/pkg ssa/patch.go, matchFieldManager).
const takenOver: readonly (readonly [name: string, operation: string])[] = [
  ['kubectl', 'Apply'],
  ['kubectl', 'Update'],
  ['before-first-apply', 'Update'],
  ['kustomize-controller', 'Update'],
];

const isTakenOver = (entry: LiveValue): boolean =>
  (liveText(entry, 'subresource') ?? '') === '' &&
  takenOver.some(
    ([name, operation]) =>
      liveText(entry, 'operation') === operation && liveText(entry, 'manager')?.startsWith(name) === true,
  );

// Removed on its own, and never shown.
const hidden = '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration';

/**
 * kustomize-controller makes fields of some managers its own before it applies, so that what Git does not set goes with the
 * next reconciliation; a dry run cannot show that, since it does not change who owns what.
 * @param live managedFields included
 */
export function takenBack(live: LiveObject, rendered: LiveObject): TakenBack {
  const entries = liveItems(live, 'metadata', 'managedFields');
  const kept = new Set<string>();
  for (const entry of entries) {
    const isControllers = liveText(entry, 'manager') === 'kustomize-controller';
    if (isTakenOver(entry) || isControllers) continue;
    for (const { path } of leaves(liveObject(entry, 'fieldsV1') ?? {}, undefined)) kept.add(path);
  }
  const managers = new Set<string>();
  const fields = new Set<string>();
  for (const entry of entries.filter(isTakenOver)) {
    for (const { path, unset } of leaves(liveObject(entry, 'fieldsV1') ?? {}, rendered)) {
      if (unset === undefined || path === hidden || kept.has(path)) continue;
      managers.add(liveText(entry, 'manager') ?? '');
      // What somebody else has set below it stays.
      const isShared = [...kept].some((other) => other.startsWith(`${unset}/`) || other.startsWith(`${unset}[`));
      fields.add(isShared ? path : unset);
    }
  }
  return { managers: [...managers].sort(), fields: [...fields].sort() };
}

interface Leaf {
  readonly path: string;
  /** The topmost part of the path that Git does not set; undefined when it sets all. */
  readonly unset: string | undefined;
}

/** Fields of a set in the form of structured-merge-diff (fieldpath/serialize-pe.go), looked up in a rendered value. */
function* leaves(
  set: LiveObject,
  value: LiveValue | undefined,
  path = '',
  unset?: string,
): Generator<Leaf, void, undefined> {
  const steps = Object.keys(set).filter((step) => step !== '.');
  if (steps.length === 0 && path !== '') yield { path, unset };
  for (const step of steps) {
    const [text, below] = taken(step, value);
    const here = `${path}${text}`;
    yield* leaves(liveObject(set, step) ?? {}, below, here, unset ?? (below === undefined ? here : undefined));
  }
}

function taken(step: string, value: LiveValue | undefined): readonly [text: string, below: LiveValue | undefined] {
  const kind = step.slice(0, 2);
  const rest = step.slice(2);
  if (kind === 'f:') {
    return [`/${rest.replaceAll('~', '~0').replaceAll('/', '~1')}`, liveAt(value, [rest])];
  }
  const items = liveItems(value);
  if (kind === 'i:') return [`[${rest}]`, items[Number(rest)]];
  const key = parsed(rest);
  if (kind === 'v:') return [`[${rest}]`, items.find((item) => item === key)];
  const keys = Object.entries(liveObject(key) ?? {});
  const found = items.find((item) => {
    const own = keys.map(([name, one]) => ({ one, is: liveAt(item, [name]) }));
    // What Git leaves out is the server's default.
    return own.some(({ is }) => is !== undefined) && own.every(({ one, is }) => is === undefined || is === one);
  });
  return [
    `[${keys.map(([name, one]) => `${name}=${typeof one === 'string' ? one : JSON.stringify(one)}`).join(',')}]`,
    found,
  ];
}

function parsed(text: string): LiveValue | undefined {
  try {
    return JSON.parse(text) as LiveValue;
  } catch {
    return undefined;
  }
}
