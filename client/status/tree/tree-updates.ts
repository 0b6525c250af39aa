import { type StatusClock } from '../clock';
import { type LiveId } from '../live/live-id';
import { type Slices } from '../slices';
import { type StatusChange } from '../store/change-batch';
import { topmost, type LoadedTree } from './loaded-tree';
import { gathersFaults, isBelow, type NodePath } from './node-path';
import { sameNode, type TreeNode } from './tree-node';

interface Label {
  readonly before: TreeNode;
  readonly since: number;
  /** Milliseconds that it waits. */
  readonly delay: number;
}

export interface TreeUpdatesWorld {
  readonly clock: StatusClock;
  readonly slices: Pick<Slices, 'run'>;
  /** The tree as the choices of the user have it now. */
  readonly tree: () => LoadedTree;
  /** Tells the editor of rows that are old; undefined: all of them. */
  readonly tell: (rows: readonly NodePath[] | undefined) => void;
  /** How many objects are taken over in one step; undefined: 200. */
  readonly objectsOfStep?: number;
}

// Each step takes a few milliseconds, also where many rows are loaded.
const objectsOfStep = 200;
// Visual Studio Code holds back what comes within 200 ms of the news before; see ChangeBatch.
const leastPause = 210;
// An editor asks for all rows of a piece in one turn; 500 took 60 ms of it. The rest comes with the next pieces.
const rowsOfPiece = 150;
// So many rows are asked for again without a thought.
const fewRows = 50;
// A count is right within a second, its way to the window included.
const labelDelay = 400;
// A text of a group that is told between two pieces of news, 208 ms apart, holds up the rows of the second one. So it comes
// along with a piece, or when no piece has come for a while.
const alongWithNews = 20;
const quiet = 230;
// So long texts wait for a moment without news of rows; then they come with them.
const patience = 500;
// While counts change without end, 100 rows a second are sent again for them.
const pauseOfRow = 10;
const longestPause = 5_000;

/**
 * Brings a tree up to date in small steps, and tells its editor of old rows: at once after a pause, else 210 ms after the news
 * before. Texts of groups come after the rows below them, since an editor asks for all of these again: where they are many,
 * after 0.4 seconds, and later after others that cost much. One that is as it was by then is never told.
 */
export class TreeUpdates {
  private objects = new Set<LiveId>();
  private contexts = new Set<string>();
  private rows = new Set<NodePath>();
  private isRootListChanged = false;
  /** Groups as the editor knows them, and when they became others. */
  private readonly labels = new Map<NodePath, Label>();
  private lastTold = Number.NEGATIVE_INFINITY;
  private lastNews = Number.NEGATIVE_INFINITY;
  /** Before that no text of a group is told. */
  private nextLabels = Number.NEGATIVE_INFINITY;
  private isWorking = false;
  private cancel: (() => void) | undefined;

  constructor(private readonly world: TreeUpdatesWorld) {}

  /** Takes over a change of the store. */
  take({ objects, contexts }: StatusChange): void {
    for (const id of objects) this.objects.add(id);
    for (const context of contexts) this.contexts.add(context);
    this.lastNews = this.world.clock.now();
    if (this.isWorking) return;
    this.isWorking = true;
    let working: Promise<void> | undefined;
    try {
      working = this.world.slices.run(this.work());
    } finally {
      // A fault in one change must not silence the view for ever.
      if (working === undefined) this.worked();
    }
    void working?.finally(() => this.worked());
  }

  /** These rows are others for what the store does not know. */
  old(rows: readonly NodePath[]): void {
    for (const path of rows) this.rows.add(path);
    if (!this.isWorking) this.worked();
  }

  /** The editor has asked for a row and knows it as it is. */
  asked(path: NodePath): void {
    this.labels.delete(path);
  }

  /** Tells of all rows: the choices of the user, or what there is to show at all, made them others. */
  tellAll(): void {
    this.isRootListChanged = true;
    this.tell();
  }

  dispose(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.objects.clear();
    this.contexts.clear();
  }

  private *work(): Generator<undefined, void> {
    const most = this.world.objectsOfStep ?? objectsOfStep;
    while (this.objects.size > 0 || this.contexts.size > 0) {
      const objects = new Set<LiveId>();
      for (const id of this.objects) {
        objects.add(id);
        this.objects.delete(id);
        if (objects.size === most) break;
      }
      const isLast = this.objects.size === 0;
      const contexts = isLast ? this.contexts : new Set<string>();
      if (isLast) this.contexts = new Set();
      const change = this.world.tree().update({ objects, contexts });
      for (const path of change.rows) this.rows.add(path);
      if (change.isRootListChanged) this.isRootListChanged = true;
      const since = this.world.clock.now();
      for (const before of change.labels) {
        const { path } = before;
        const isLate = gathersFaults(path) || this.world.tree().rowsBelow(path) > fewRows;
        const delay = isLate ? labelDelay : 0;
        if (!this.labels.has(path)) this.labels.set(path, { before, since, delay });
      }
      yield undefined;
    }
  }

  private worked(): void {
    this.isWorking = false;
    this.cancel?.();
    this.cancel = undefined;
    const now = this.world.clock.now();
    // A clock that was set back must not silence the view.
    if (this.lastTold > now) this.lastTold = Number.NEGATIVE_INFINITY;
    if (this.lastNews > now) this.lastNews = Number.NEGATIVE_INFINITY;
    if (this.nextLabels > now + longestPause) this.nextLabels = Number.NEGATIVE_INFINITY;
    const hasRows = this.rows.size > 0 || this.isRootListChanged;
    const due = hasRows ? now : this.firstDue(now);
    if (due === undefined) return;
    let at = Math.max(due, this.lastTold + leastPause, now);
    if (!hasRows && at > this.lastNews + alongWithNews) at = Math.max(at, this.lastNews + quiet);
    const wait = at - now;
    if (wait <= 0) this.tell();
    else this.cancel = this.world.clock.after(wait, () => this.tell());
  }

  private firstDue(now: number): number | undefined {
    if (this.labels.size === 0) return undefined;
    const first = Math.min(...[...this.labels.values()].map((label) => dueAt(label, now)));
    return Math.max(first, this.nextLabels);
  }

  /** The texts of groups whose time came so many milliseconds ago, and that are others still. */
  private *dueLabels(now: number, waited: number): Generator<NodePath> {
    if (now < this.nextLabels) return;
    for (const [path, label] of [...this.labels]) {
      if (now < dueAt(label, now) + waited) continue;
      const { before } = label;
      this.labels.delete(path);
      const node = this.world.tree().node(path);
      if (node === undefined || sameNode(before, node)) continue;
      const pause = Math.min(longestPause, this.world.tree().rowsBelow(path) * pauseOfRow);
      this.nextLabels = Math.max(this.nextLabels, now + pause);
      yield path;
    }
  }

  private tell(): void {
    this.cancel?.();
    this.cancel = undefined;
    const known = [...this.rows];
    const rows = new Set(this.isRootListChanged ? known : known.slice(0, rowsOfPiece));
    const now = this.world.clock.now();
    // The row of an object is seen sooner alone than with the groups above it, whose rows are all asked for again.
    for (const path of this.dueLabels(now, rows.size === 0 ? 0 : patience)) rows.add(path);
    const isAll = this.isRootListChanged;
    this.rows = new Set(isAll ? [] : known.slice(rowsOfPiece));
    this.isRootListChanged = false;
    const told = topmost(rows);
    for (const path of [...this.labels.keys()]) {
      if (isAll || told.some((row) => row === path || isBelow(path, row))) this.labels.delete(path);
    }
    if (isAll || told.length > 0) {
      this.lastTold = now;
      this.world.tell(isAll ? undefined : told);
    }
    // What is not due yet, and what came meanwhile.
    if (!this.isWorking) this.worked();
  }
}

const dueAt = ({ since, delay }: Label, now: number): number => (since > now ? now : since + delay);
