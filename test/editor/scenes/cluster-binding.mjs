// @ts-check
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import { act, answer, choose, connect, kustomization, notice, root, source } from '../cluster-steps.mjs';
import { actUntilSeen, runCommand } from '../steps.mjs';

export const title = 'a cluster of the repository is bound to a context once, shown, contradicted and forgotten';
export const file = 'clusters/home/apps.yaml';

const apps = 'Kustomization flux-system/apps';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home, folder }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    server.put(kustomization('apps', './apps', []));
    writeKubeconfig(home, server.url, ['staging', 'other']);
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Flux: Show Views');
    await connect(page, 'staging');

    await runCommand(page, 'Flux: Bind Cluster to Context…');
    await choose(page, 'clusters/home');
    await choose(page, 'other');
    await answer(page, `Server: ${server.url}`, 'Bind');
    await notice(page, 'is bound to context other.');

    // The object is of another context than the file's cluster: blocked, with an explanation.
    await act(page, 'Flux: Compare with Git', apps);
    await answer(page, 'bound to context other, but the object is of context staging. Nothing was done.', 'OK');

    await runCommand(page, 'Flux: Show Bindings of Clusters');
    await choose(page, 'clusters/home');
    await answer(page, 'Forget that clusters/home is context other?', 'Forget');
    await runCommand(page, 'Flux: Show Bindings of Clusters');
    await notice(page, 'No cluster is bound to a context on this machine.');

    // What the repository says of the server chooses nothing, but it contradicts.
    writeFileSync(
      join(folder, '.fluxwright.yaml'),
      'clusters: [{ path: clusters/home, name: home, server: "https://elsewhere.example:6443" }]\n',
    );
    const named = page.locator('.quick-input-list .monaco-list-row', { hasText: /^home/ }).first();
    await actUntilSeen(named, () => runCommand(page, 'Flux: Bind Cluster to Context…'));
    await named.click();
    await choose(page, 'staging');
    await answer(page, 'The repository says that cluster home is https://elsewhere.example:6443', 'OK');
    assert.ok(server.seen.every(({ method }) => method !== 'PATCH'));
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}
