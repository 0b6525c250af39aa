import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clipboardSeconds, TimedClipboard } from '../../../../client/views/secret/timed-clipboard';

/** A clipboard, and a clock that is wound by hand. */
function world() {
  let text = '';
  let timers: { readonly due: number; readonly run: () => void }[] = [];
  let now = 0;
  let isShut = false;
  const clock = {
    after(milliseconds: number, run: () => void) {
      const timer = { due: now + milliseconds, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const clipboard = {
    readText: () => (isShut ? Promise.reject(new Error('The document has no focus.')) : Promise.resolve(text)),
    writeText: (next: string) => {
      text = next;
      return Promise.resolve();
    },
  };
  const wind = async (seconds: number): Promise<void> => {
    now += seconds * 1000;
    for (const timer of timers.filter(({ due }) => due <= now)) {
      timers = timers.filter((other) => other !== timer);
      timer.run();
    }
    // What a timer began is done after the turn.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    copies: new TimedClipboard(clipboard, clock),
    clipboard,
    wind,
    text: () => text,
    shut: (is: boolean) => (isShut = is),
  };
}

test('a copied value is gone after its time', async () => {
  const { copies, wind, text } = world();
  await copies.copy('a value');
  await wind(clipboardSeconds - 1);
  assert.equal(text(), 'a value');
  await wind(1);
  assert.equal(text(), '');
});

test('what was copied meanwhile stays', async () => {
  const { copies, clipboard, wind, text } = world();
  await copies.copy('a value');
  await clipboard.writeText('something else');
  await wind(clipboardSeconds);
  assert.equal(text(), 'something else');
});

test('a second copy has its own time', async () => {
  const { copies, wind, text } = world();
  await copies.copy('one');
  await wind(clipboardSeconds - 5);
  await copies.copy('two');
  await wind(10);
  assert.equal(text(), 'two');
  await wind(clipboardSeconds);
  assert.equal(text(), '');
});

test('the end of the window does not wait', async () => {
  const { copies, text } = world();
  await copies.copy('a value');
  await copies.clear();
  assert.equal(text(), '');
});

test('a clipboard that cannot be read in time is emptied when it can, unless it holds something else', async () => {
  for (const other of [undefined, 'something else']) {
    const { copies, clipboard, wind, text, shut } = world();
    await copies.copy('a value');
    shut(true);
    await wind(clipboardSeconds);
    await copies.clearOverdue();
    assert.equal(text(), 'a value');
    if (other !== undefined) await clipboard.writeText(other);
    shut(false);
    await copies.clearOverdue();
    assert.equal(text(), other ?? '');
    await clipboard.writeText('a value');
    await copies.clearOverdue();
    assert.equal(text(), 'a value', 'once is enough');
  }
});
