import { type Log } from '../../../server/model/ports';
import { finish } from '../../../server/model/steps';
import { type Snapshot } from '../../../server/workspace/snapshot';
import { createWorkspace } from '../../../server/workspace/workspace';
import { memoryFiles } from '../../support/memory-files';

const silent: Log = { write: () => undefined };

/** The snapshot of a repository that is kept in memory. */
export function snapshotOf(texts: Readonly<Record<string, string>>): Snapshot {
  const files = memoryFiles(texts);
  const git = { remotes: () => undefined, isTracked: () => undefined };
  const clock = {
    now: () => 0,
    yield: (callback: () => void) => callback(),
    after: (_: number, callback: () => void) => callback(),
  };
  return finish(createWorkspace({ files, git, clock, log: silent }).link());
}

const kustomization = (
  name: string,
  path: string,
  dependsOn = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${dependsOn === '' ? '' : `  dependsOn:\n    - name: ${dependsOn}\n`}`;

const object = (apiVersion: string, kind: string, name: string, namespace = ''): string => `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
${namespace === '' ? '' : `  namespace: ${namespace}\n`}`;

/** One cluster: flux-system applies itself, infra and apps; apps waits for infra and for one that is not there. */
export const smallRepository: Readonly<Record<string, string>> = {
  'clusters/home/flux-system/gotk-sync.yaml': [
    `${object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'flux-system')}spec:
  interval: 1m
  url: https://example.org/fleet
  ref:
    branch: main
`,
    kustomization('flux-system', './clusters/home'),
  ].join('---\n'),
  'clusters/home/flux-system/kustomization.yaml': 'resources:\n  - gotk-sync.yaml\n',
  'clusters/home/apps.yaml': kustomization('apps', './apps', 'infra') + '    - name: absent\n',
  'clusters/home/infra.yaml': kustomization('infra', './infra'),
  'apps/kustomization.yaml': 'resources:\n  - web.yaml\n',
  'apps/web.yaml': object('v1', 'Namespace', 'web') + '---\n' + object('v1', 'ConfigMap', 'web', 'web'),
  'infra/ns.yaml': object('v1', 'Namespace', 'infra'),
};
