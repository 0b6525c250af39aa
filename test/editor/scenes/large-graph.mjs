// @ts-check
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { graphFrame } from '../graph-page.mjs';
import { eventually } from '../steps.mjs';

export const title = 'a graph of 300 nodes is laid out in less than a second';
export const folder = 'graph';
export const file = 'clusters/home/apps.yaml';

const count = 297;

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: repository }) {
  const many = Array.from({ length: count }, (_, index) => kustomization(index)).join('---\n');
  await writeFile(join(repository, 'clusters', 'home', 'many.yaml'), many);
  await page.locator('.activitybar').getByRole('tab', { name: 'Flux' }).waitFor({ timeout: 60_000 });
  const graph = await graphFrame(page);
  const option = graph.locator('vscode-option', { hasText: 'clusters/home' });
  await graph.locator('vscode-dropdown').click();
  await option.click();
  const nodes = graph.locator('.node');
  await eventually(async () => (await nodes.count()) >= 300, 'all nodes are drawn');

  // The shortest of several: another program on the machine only makes it longer.
  const times = [];
  for (let run = 0; run < 4; run += 1) {
    for (const label of ['Kustomization', 'Kustomization']) {
      await graph.locator('vscode-checkbox', { hasText: label }).click();
    }
    await eventually(async () => (await nodes.count()) >= 300, 'all nodes are drawn again');
    times.push(await graph.evaluate(() => performance.getEntriesByName('layout', 'measure').at(-1)?.duration ?? NaN));
  }
  console.log(`        layout of ${await nodes.count()} nodes: ${times.map(Math.round).join(', ')} ms`);
  assert.ok(Math.min(...times) < 1_000, `${times.join(', ')} ms`);
}

/** @param {number} index */
function kustomization(index) {
  const dependsOn = index % 3 === 0 ? '' : `  dependsOn:\n    - name: many-${Math.floor(index / 3)}\n`;
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: many-${index}
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
${dependsOn}  sourceRef:
    kind: GitRepository
    name: flux-system
`;
}
