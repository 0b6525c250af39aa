import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const popUp =
  /\bshow(?:Information|Warning|Error)Message\b|\bshow(?:QuickPick|InputBox)\b|\bProgressLocation\.Notification\b/;

/** Source files below a folder, with `/`. */
function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
}

// What watches and shows a cluster works by itself; only commands, which the user began, and the question whether a login
// program may run speak up. So no fault of a connection can open a window.
test('what follows a cluster opens no window by itself', () => {
  const found = [...sources('client/views/live'), ...sources('client/status'), ...sources('client/kube')].filter(
    (file) => popUp.test(readFileSync(file, 'utf8')),
  );
  assert.deepEqual(found, ['client/views/live/kube-ports.ts']);
  const { length } = readFileSync('client/views/live/kube-ports.ts', 'utf8').match(new RegExp(popUp, 'g')) ?? [];
  assert.equal(length, 1, 'the one question of allowPlugin');
});
