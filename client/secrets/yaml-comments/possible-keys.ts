import { type Mark } from './cursor';

/** A token that may turn out to be a key when a `:` follows. */
export interface PossibleKey {
  isPossible: boolean;
  /** Its number among all tokens. */
  readonly number: number;
  readonly mark: Mark;
}

/** A key ends on its line, and is no longer than this. */
const longestKey = 1024;

/** What may be a key: at most one token on each level of brackets. */
export class PossibleKeys {
  private readonly levels: PossibleKey[] = [noKeyAt(0)];
  private readonly levelsByNumber = new Map<number, number>();

  /** The key of the innermost level, when a `:` at a mark can still make it one. */
  at(mark: Mark): PossibleKey | undefined {
    return this.check(this.levels.length - 1, mark);
  }

  /** True for a token that has to wait for what follows, since a key and a map may begin with it. */
  isPending(number: number, mark: Mark): boolean {
    const level = this.levelsByNumber.get(number);
    return level !== undefined && this.check(level, mark) !== undefined;
  }

  save(number: number, mark: Mark): void {
    this.forget();
    this.levels[this.levels.length - 1] = { isPossible: true, number, mark };
    this.levelsByNumber.set(number, this.levels.length - 1);
  }

  /** Nothing on the innermost level is a key any more. */
  forget(): void {
    const key = this.levels.at(-1);
    if (key?.isPossible !== true) return;
    key.isPossible = false;
    this.levelsByNumber.delete(key.number);
  }

  enterFlow(number: number): void {
    this.levels.push(noKeyAt(number));
  }

  leaveFlow(): void {
    const closed = this.levels.pop();
    if (closed !== undefined) this.levelsByNumber.delete(closed.number);
  }

  private check(level: number, { index, line }: Mark): PossibleKey | undefined {
    const key = this.levels[level];
    if (key?.isPossible !== true) return undefined;
    if (key.mark.line < line || key.mark.index + longestKey < index) key.isPossible = false;
    return key.isPossible ? key : undefined;
  }
}

const noKeyAt = (number: number): PossibleKey => ({
  isPossible: false,
  number,
  mark: { index: 0, line: 0, column: 0 },
});
