import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { nodeFiles } from '../../client/kube/host';
import { watchKubeconfig } from '../../client/kube/kubeconfig/watched';
import { temporaryFolder } from '../unit/host/temporary-folder';
import { ManualClock, until } from './support/manual-clock';
import { kubeconfigFor } from './support/scene';

describe('files on disk are watched', () => {
  /** A kubeconfig at `.kube/config` of a home of its own, and what was told of its changes. */
  function open(context: Parameters<typeof temporaryFolder>[0]) {
    const home = temporaryFolder(context);
    const clock = new ManualClock();
    const environment = { variables: {}, platform: process.platform, home, machine: 'this machine' };
    const servers: string[] = [];
    const watched = watchKubeconfig({ environment, files: nodeFiles, clock }, ({ kubeconfig }) =>
      servers.push([...kubeconfig.clusters.values()].map(({ server }) => server).join() || 'none'),
    );
    context.after(() => watched.dispose());
    /** Waits for the news of the system, then lets it settle. */
    const tells = async (server: string): Promise<void> => {
      await until(() => clock.pending > 0 || servers.at(-1) === server, `the news of ${server}`);
      await clock.advance(1_000);
      await until(() => {
        if (clock.pending > 0) void clock.advance(1_000);
        return servers.at(-1) === server;
      }, server);
    };
    return { home, watched, tells, folder: join(home, '.kube'), file: join(home, '.kube', 'config') };
  }
  const write = (file: string, server: string): void => writeFileSync(file, kubeconfigFor(server));

  test('one that is replaced by another, as editors and login programs do', async (context) => {
    const { folder, file, watched, tells } = open(context);
    mkdirSync(folder);
    write(file, 'https://a');
    assert.equal((await watched.current()).kubeconfig.contexts.size, 1);
    write(`${file}.new`, 'https://b');
    renameSync(`${file}.new`, file);
    await tells('https://b');
  });

  test('one whose folder is made later, goes, and comes again', async (context) => {
    const { folder, file, watched, tells } = open(context);
    assert.equal((await watched.current()).failure?.name, 'no-kubeconfig');
    mkdirSync(folder);
    write(file, 'https://a');
    await tells('https://a');
    rmSync(folder, { recursive: true });
    await tells('none');
    mkdirSync(folder);
    write(file, 'https://b');
    await tells('https://b');
  });

  test('one that a link leads to', async (context) => {
    const { home, folder, file, watched, tells } = open(context);
    mkdirSync(folder);
    mkdirSync(join(home, 'elsewhere'));
    const target = join(home, 'elsewhere', 'real');
    write(target, 'https://a');
    symlinkSync(target, file);
    await watched.current();
    write(target, 'https://b');
    await tells('https://b');
  });
});
