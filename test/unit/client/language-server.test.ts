import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerConnection, ServerOptions } from '../../../client/language/language-client';
import { createLanguageServer, type LanguageServer, type ServerStatus } from '../../../client/language/language-server';
import { type Answer } from '../../../server/protocol/answer';
import { type CustomRequest } from '../../../server/protocol/messages';
import { type ClusterInfo } from '../../../server/protocol/repository';

interface Process {
  readonly options: ServerOptions;
  readonly calls: string[];
}

/** A server handle over processes that are lists of what was asked of them. */
function handle(): { server: LanguageServer; processes: Process[]; shown: ServerStatus[] } {
  const processes: Process[] = [];
  const shown: ServerStatus[] = [];
  const startServer = (options: ServerOptions): ServerConnection => {
    const calls: string[] = [];
    processes.push({ options, calls });
    options.onState({ kind: 'starting' });
    return {
      ask: <Question, Result>(_request: CustomRequest<Question, Answer<Result>>, question: Question) => {
        const { root } = question as { root: string };
        const clusters = [{ path: `${root}/clusters/home` } as ClusterInfo];
        return Promise.resolve({ available: true, generation: 1, clusters } as unknown as Answer<Result>);
      },
      focus: () => void calls.push('focus'),
      stop: () => {
        calls.push('stop');
        options.onState({ kind: 'stopped' });
        return Promise.resolve();
      },
    };
  };
  const server = createLanguageServer({
    load: () => Promise.resolve({ startServer }),
    module: 'server.js',
    directory: '/',
    log: undefined as unknown as ServerOptions['log'],
    schemes: ['file'],
    isTrusted: () => true,
    textOf: () => undefined,
    now: () => 0,
    wait: () => Promise.resolve(),
    onStatus: (status) => void shown.push(status),
  });
  return { server, processes, shown };
}

test('nothing starts before it is asked for, and asking twice starts one process', async () => {
  const { server, processes } = handle();
  assert.equal(server.status().state.kind, 'idle');
  assert.equal(processes.length, 0);
  await Promise.all([server.start(), server.start()]);
  assert.equal(processes.length, 1);
});

test('a restart ends the old process first and forgets its clusters', async () => {
  const { server, processes } = handle();
  await server.start();
  processes[0]?.options.onSnapshot({ root: 'file:///r', generation: 1, changed: [] });
  await new Promise(setImmediate);
  assert.equal(server.status().clusters.get('file:///r')?.[0]?.path, 'file:///r/clusters/home');
  await Promise.all([server.restart(), server.restart()]);
  assert.equal(processes.length, 3);
  assert.deepEqual(
    processes.map(({ calls }) => calls),
    [['stop'], ['stop'], []],
  );
  assert.equal(server.status().clusters.size, 0);
  assert.equal(server.status().state.kind, 'starting');
});

test('an old process no longer changes what is shown', async () => {
  const { server, processes } = handle();
  await server.start();
  await server.restart();
  processes[1]?.options.onState({ kind: 'running' });
  processes[0]?.options.onState({ kind: 'crashed' });
  assert.equal(server.status().state.kind, 'running');
});

test('a client that cannot be loaded is a state', async () => {
  const { shown } = handle();
  const server = createLanguageServer({
    ...({} as Parameters<typeof createLanguageServer>[0]),
    load: () => Promise.reject(new Error('language-client.js is missing')),
    onStatus: (status) => void shown.push(status),
  });
  await server.start();
  assert.deepEqual(shown.at(-1)?.state, { kind: 'failed', reason: 'language-client.js is missing' });
});
