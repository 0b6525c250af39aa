import { type Io } from '../../../server/cli/io';

/** An `Io` that keeps what is printed. */
export interface FakeIo extends Io {
  readonly printed: { out: string; err: string };
}

export function fakeIo(more: Partial<Io> = {}): FakeIo {
  const printed = { out: '', err: '' };
  return {
    printed,
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    isOutTerminal: undefined,
    isErrTerminal: undefined,
    columns: undefined,
    environment: {},
    version: '1.2.3',
    programFolder: '/nowhere',
    ...more,
  };
}
