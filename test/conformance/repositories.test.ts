import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { stringAt } from '../../server/model/json';
import { createNodeFiles } from '../../server/host/node-files';
import { type RenderedObject } from '../../server/build/build';
import { type RenderedCluster } from '../../server/workspace/cluster';
import { type Snapshot } from '../../server/workspace/snapshot';
import { analyse } from '../support/analysis';
import { coverage, type Row } from './coverage.mjs';
import { builtInKinds, clusterEntries, repositoryNames, sharedRepositories, skipWithout } from './support/shared-trees';

const skip = skipWithout(sharedRepositories);
const kustomizationGroup = 'kustomize.toolkit.fluxcd.io';

interface Known {
  readonly place: string;
  readonly severity: string;
  readonly code: string;
}

/** The findings that were checked by hand, as `file:line severity code`. */
function knownFindings(repository: string): string[] {
  return readFileSync('test/conformance/findings.tsv', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .filter(([name]) => name === repository)
    .map(([, file = '', line = '', severity = '', code = '']) => show({ place: `${file}:${line}`, severity, code }))
    .sort();
}

const show = ({ place, severity, code }: Known): string => `${place} ${severity} ${code}`;

/** The Kustomization of the entry point is applied by nobody else. */
const isEntryPoint = ({ key, address }: RenderedObject): boolean => address.owner === '' || address.owner === key;

/** What of a cluster `clusters.tsv` states. */
function describeCluster(cluster: RenderedCluster) {
  const declared = cluster.objectsOf(kustomizationGroup, 'Kustomization').map(({ key }) => key);
  const entry = [...cluster.builds.values()].find(({ owner }) => isEntryPoint(owner.object));
  const value = entry?.owner.object.value;
  const source = ['kind', 'namespace', 'name'].map((field) => stringAt(value, 'spec', 'sourceRef', field));
  source[1] ??= entry?.owner.object.id.namespace;
  const tree = entry === undefined ? undefined : cluster.kustomization(entry.owner.key)?.tree;
  return {
    path: cluster.cluster.path,
    kustomizations: new Set([...declared, ...cluster.builds.keys()]).size,
    source: source.join('/'),
    sourceRoot: tree?.repositoryPath(''),
  };
}

/** True when the document is rendered in the cluster by a chain of Kustomizations that ends at the entry point. */
function hasChain(snapshot: Snapshot, cluster: RenderedCluster, { file, line, kind }: Row): boolean {
  const documents = snapshot.yaml(file)?.documents ?? [];
  const document = documents.findLastIndex((placed) => placed.line <= line);
  return snapshot.renderedFrom({ file, document }).some((object) => {
    if (object.address.cluster !== cluster.cluster.path || object.id.kind !== kind) return false;
    const seen = new Set<string>();
    for (let { owner } = object.address; !seen.has(owner);) {
      const applier = cluster.kustomization(owner)?.object;
      if (applier === undefined) return false;
      if (isEntryPoint(applier)) return true;
      seen.add(owner);
      ({ owner } = applier.address);
    }
    return false;
  });
}

describe('public repositories, without configuration', { skip }, () => {
  for (const name of repositoryNames()) {
    describe(name, () => {
      const analysis = analyse(createNodeFiles(join(sharedRepositories, name)), {}, builtInKinds);
      const { snapshot, verdict } = analysis.run();
      const findings = [...verdict.findings.values()].flat();
      const objects = snapshot.clusters.flatMap((cluster) => [...cluster.objects()]);

      it('is checked without a complaint', () => {
        assert.deepEqual(analysis.complaints, []);
        assert.deepEqual(verdict.disabled, []);
      });

      it('has the clusters that its files describe', () => {
        const entries = clusterEntries.filter(({ repository }) => repository === name);
        assert.deepEqual(
          snapshot.clusters.map(describeCluster),
          entries
            .map(({ cluster, kustomizations, source, sourceRoot }) => ({
              path: cluster,
              kustomizations,
              source,
              sourceRoot,
            }))
            .sort((a, b) => (a.path < b.path ? -1 : 1)),
        );
        for (const { cluster, evidence } of entries) {
          const found = snapshot.clusters.find((one) => one.cluster.path === cluster)?.cluster.evidence ?? [];
          assert.ok(
            found.some(({ kind }) => kind === evidence),
            `${cluster} lacks ${evidence}`,
          );
        }
      });

      it('has a chain from documents to the entry point', (context) => {
        for (const entry of clusterEntries.filter(({ repository }) => repository === name)) {
          const cluster = snapshot.clusters.find((one) => one.cluster.path === entry.cluster);
          const { rows } = coverage(join(sharedRepositories, name), entry);
          const missing = rows.filter((row) => cluster === undefined || !hasChain(snapshot, cluster, row));
          const share = (100 * (rows.length - missing.length)) / rows.length;
          context.diagnostic(
            `${entry.cluster}: ${rows.length - missing.length} of ${rows.length} documents, ${share.toFixed(1)} %`,
          );
          assert.ok(share >= 95, missing.map(({ file, line }) => `${file}:${line + 1}`).join('\n'));
        }
      });

      it('has the errors and warnings that were checked by hand, and no others', () => {
        const found = findings
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ file, range, severity, code }) => show({ place: `${file}:${range.start.line + 1}`, severity, code }));
        assert.deepEqual(found.sort(), knownFindings(name));
      });

      it('has at most five warnings per hundred objects', (context) => {
        const warnings = findings.filter(({ severity }) => severity === 'warning').length;
        context.diagnostic(`${warnings} warnings, ${findings.length} findings, ${objects.length} objects`);
        assert.ok(warnings * 100 <= objects.length * 5);
      });

      if (name.startsWith('lisenet')) {
        it('is no repository of Flux and stays silent', () => {
          assert.deepEqual(findings, []);
          assert.deepEqual(snapshot.clusters, []);
        });
      }
    });
  }
});
