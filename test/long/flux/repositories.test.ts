import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { spanHolds } from '../../../schemas/release';
import { type SourceTree } from '../../../server/build/build';
import { isFault } from '../../../server/build/kustomize/fault';
import { printKustomization } from '../../../server/build/print';
import { isUnknownAt } from '../../../server/build/unknown';
import { createNodeFiles } from '../../../server/host/node-files';
import { type FilePath, joinPath } from '../../../server/model/file-path';
import { jsonText } from '../../../server/model/json-text';
import { type RenderedCluster } from '../../../server/workspace/cluster';
import { repositoryNames, sharedRepositories, skipWithout } from '../../conformance/support/shared-trees';
import { analyse } from '../../support/analysis';
import { findFluxOracle, type FluxOutcome, type FluxRequest, renderWithFlux } from './real-flux';

const tool = findFluxOracle();
// The oracle is built with Go, which a machine need not have.
const withoutTool = tool === undefined && 'skipped: FLUX_ORACLE names no binary of tools/flux-oracle';
if (withoutTool !== false) console.log(withoutTool);
const skip = skipWithout(sharedRepositories) || withoutTool;

interface Case {
  readonly name: string;
  readonly request: FluxRequest;
  readonly ours: { readonly text: string } | { readonly error: string };
}

/** What a source serves, as folders on disk; each tree is written once. */
class Artifacts {
  readonly #roots = new Map<string, string>();
  readonly #base = mkdtempSync(join(tmpdir(), 'fluxwright-'));

  rootOf(tree: SourceTree): string {
    const known = this.#roots.get(tree.identity);
    if (known !== undefined) return known;
    const root = join(this.#base, String(this.#roots.size));
    mkdirSync(root);
    this.#write(tree, '', root);
    this.#roots.set(tree.identity, root);
    return root;
  }

  remove(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }

  #write(tree: SourceTree, directory: FilePath, to: string): void {
    for (const { name, kind } of tree.list(directory) ?? []) {
      const path = joinPath(directory, name) ?? name;
      const read = kind === 'file' ? tree.read(path) : undefined;
      if (read?.kind === 'text') writeFileSync(join(to, name), read.text);
      if (kind !== 'directory') continue;
      mkdirSync(join(to, name));
      this.#write(tree, path, join(to, name));
    }
  }
}

/** Flux Kustomizations of which everything is known, each with what it takes variables from. */
function casesOf(cluster: RenderedCluster, artifacts: Artifacts): Case[] {
  const { environment } = cluster;
  return [...cluster.builds.values()].flatMap((build): Case[] => {
    const { object, key } = build.owner;
    const { tree, path } = cluster.kustomization(key) ?? {};
    const sources = [...build.sources.values()].filter((source) => source !== 'unknown');
    if (tree === undefined || path === undefined || sources.length < build.sources.size) return [];
    if (isUnknownAt(object.unknown, ['spec'])) return [];
    const printed = printKustomization({ ...build.owner, tree, path }, environment);
    // An encrypted value is text to their side.
    if (isFault(printed) && printed.code === 'subst-unknown') return [];
    const { release, strictGate } = environment;
    const request: FluxRequest = {
      root: artifacts.rootOf(tree),
      kustomization: jsonText(object.value ?? null),
      sources: sources.map(({ value }) => jsonText(value ?? null)),
      strict: strictGate ?? (release !== undefined && spanHolds('2.9+', release)),
    };
    const ours = isFault(printed) ? { error: `${printed.code}: ${printed.message}` } : { text: printed.text };
    return [{ name: `${cluster.cluster.path} ${object.id.namespace}/${object.id.name}`, request, ours }];
  });
}

/** One line for a case that comes out otherwise; undefined where both build the same, or both refuse. */
function difference({ name, ours }: Case, theirs: FluxOutcome | undefined): string | undefined {
  if ('text' in ours) {
    if (theirs !== undefined && 'text' in theirs)
      return ours.text === theirs.text ? undefined : `${name}: another text`;
    return `${name}: we build it; ${theirs?.error ?? 'no answer'}`;
  }
  return theirs !== undefined && 'error' in theirs ? undefined : `${name}: Flux builds it; ${ours.error}`;
}

describe('Flux Kustomizations of public repositories', { skip }, () => {
  for (const name of repositoryNames()) {
    test(name, (context) => {
      const artifacts = new Artifacts();
      try {
        const { snapshot } = analyse(createNodeFiles(resolve(sharedRepositories, name))).run();
        const cases = snapshot.clusters.flatMap((cluster) => casesOf(cluster, artifacts));
        cases.sort((a, b) => (a.request.root < b.request.root ? -1 : 1));
        const theirs = renderWithFlux(
          tool ?? '',
          cases.map(({ request }) => request),
        );
        const built = theirs.filter((one) => 'text' in one).length;
        context.diagnostic(`${String(cases.length)} compared, of which Flux builds ${String(built)}`);
        assert.deepEqual(
          cases.map((one, index) => difference(one, theirs[index])).filter((line) => line !== undefined),
          [],
        );
      } finally {
        artifacts.remove();
      }
    });
  }
});
