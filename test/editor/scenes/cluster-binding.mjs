// @ts-check
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  act,
  answer,
  choose,
  connect,
  editorShows,
  kustomization,
  notice,
  root,
  showViews,
  source,
} from '../cluster-steps.mjs';
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
    await showViews(page);
    await connect(page, 'staging');

    await runCommand(page, 'Flux: Bind Cluster to Context…');
    await choose(page, 'clusters/home', 'Bind Which Cluster?');
    await choose(page, 'other', 'Which Context Is Cluster');
    await answer(page, `Server: ${server.url}`, 'Bind');
    await notice(page, 'is bound to context other.');

    // The object is of another context than the file's cluster: blocked, with an explanation.
    await act(page, 'Flux: Compare with Git', new RegExp(`${apps}.*staging`));
    await answer(page, 'bound to context other, but the object is of context staging. Nothing was done.', 'OK');

    await runCommand(page, 'Flux: Show Bindings of Clusters');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: `other · ${server.url}` }).waitFor();
    await page.keyboard.press('Escape');
    await runCommand(page, 'Flux: Forget Binding of a Cluster…');
    await choose(page, 'clusters/home', 'Forget Which Binding?');
    await answer(page, 'Forget that clusters/home is context other?', 'Forget');
    await runCommand(page, 'Flux: Show Bindings of Clusters');
    await notice(page, 'No cluster is bound to a context on this machine.');

    // An action from the line of a file asks for the context first, and is then carried out there.
    await act(page, 'Flux: Show Events', new RegExp(`${apps}.*cluster clusters/home`));
    await answer(page, 'No context is bound to cluster', 'Choose Context…');
    await choose(page, 'staging');
    await answer(page, `Server: ${server.url}`, 'Bind');
    await editorShows(page, [`Events of ${apps} in staging`]);

    // What the repository says of the server chooses nothing, but it contradicts. Its color tells that it was read.
    writeFileSync(
      join(folder, '.fluxwright.yaml'),
      'clusters: [{ path: clusters/home, name: home, colour: red, server: "https://elsewhere.example:6443" }]\n',
    );
    await page.getByRole('treeitem', { name: /^Cluster clusters\/home, .*, red$/ }).waitFor();
    // Lists close when something else takes the focus: the whole way is gone again until its end shows.
    const contradicted = 'The repository says that cluster home is https://elsewhere.example:6443';
    const dialog = page.locator('.monaco-dialog-box', { hasText: contradicted });
    const contradict = async () => {
      await runCommand(page, 'Flux: Bind Cluster to Context…');
      await choose(page, /^home/, 'Bind Which Cluster?');
      await choose(page, 'staging', 'Which Context Is Cluster');
    };
    await actUntilSeen(dialog, contradict, 10);
    await answer(page, contradicted, 'OK');
    assert.ok(server.seen.every(({ method }) => method !== 'PATCH'));
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}
