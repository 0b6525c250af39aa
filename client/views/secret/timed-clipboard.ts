import { createHash } from 'node:crypto';
import { type StatusClock } from '../../status/clock';

/** The part of the editor's clipboard that is needed. */
export interface Clipboard {
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
}

/** How long a copied value stays in the clipboard, in seconds. */
export const clipboardSeconds = 45;

/** Copies values, and takes them out of the clipboard again after a while if nothing else was copied. */
export class TimedClipboard {
  /** The hash of a text whose time is over, while the clipboard cannot be read. */
  private overdue: string | undefined;
  private pending: { readonly digest: string; readonly cancel: () => void } | undefined;

  constructor(
    private readonly clipboard: Clipboard,
    private readonly clock: Pick<StatusClock, 'after'>,
  ) {}

  async copy(text: string): Promise<void> {
    this.pending?.cancel();
    this.overdue = undefined;
    await this.clipboard.writeText(text);
    // The hash, since the text would stay in memory for as long.
    const digest = digestOf(text);
    this.pending = { digest, cancel: this.clock.after(clipboardSeconds * 1000, () => void this.clear()) };
  }

  /** Empties the clipboard now if it still holds what was copied last. */
  async clear(): Promise<void> {
    const { pending } = this;
    this.pending = undefined;
    if (pending === undefined) return;
    pending.cancel();
    this.overdue = pending.digest;
    await this.clearOverdue();
  }

  /** Tries once more what did not work: a browser that lost the focus lets nobody read its clipboard. */
  async clearOverdue(): Promise<void> {
    const { overdue } = this;
    if (overdue === undefined) return;
    try {
      if (digestOf(await this.clipboard.readText()) === overdue) await this.clipboard.writeText('');
      if (this.overdue === overdue) this.overdue = undefined;
    } catch {
      // When the window has the focus again it may be read.
    }
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
