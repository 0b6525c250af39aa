import { type FilePath } from '../../../server/model/file-path';

/** What has to be known of a tree to tell where a mistake is one. Found by reading the repositories. */
export interface Peculiarities {
  /** Files that make a cluster out of a folder: without them nothing is applied. */
  readonly entryPoints: readonly FilePath[];
  /** Kinds of which more objects may exist than the files declare. A reference to such a kind is never certainly wrong. */
  readonly hidden: 'everything' | readonly string[];
}

const chart = ['GitRepository', 'OCIRepository', 'Bucket', 'Kustomization'];

const table: Readonly<Record<string, Peculiarities>> = {
  // The chart flux-instance makes Flux objects.
  'billimek+k8s-gitops': {
    entryPoints: ['kubernetes/flux-system/flux-instance/flux-instance.yaml'],
    hidden: chart,
  },
  'fluxcd+flux2-kustomize-helm-example': { entryPoints: [], hidden: [] },
  // Two Kustomizations read sources whose files are elsewhere.
  'fluxcd+flux2-multi-tenancy': { entryPoints: [], hidden: 'everything' },
  'onedr0p+home-ops': {
    entryPoints: ['kubernetes/apps/flux-system/flux-instance/app/helmrelease.yaml'],
    hidden: chart,
  },
  // Remote bases and resources, and Kustomizations that read chart repositories.
  'toboshii+home-ops': { entryPoints: ['cluster/flux/flux-system/flux-cluster.yaml'], hidden: 'everything' },
  // ResourceSets with templates of these kinds.
  'xunholy+k8s-gitops': {
    entryPoints: [
      'kubernetes/clusters/cluster-00/flux-system/flux-instance/app/helmrelease.yaml',
      'kubernetes/clusters/cluster-00/flux-system/flux-instance/app/kustomization.yaml',
      'kubernetes/clusters/cluster-00/flux-system/flux-instance/app/values.yaml',
    ],
    hidden: ['OCIRepository', 'HelmRelease', 'GitRepository', 'Kustomization'],
  },
};

export function peculiaritiesOf(repository: string): Peculiarities {
  return table[repository] ?? { entryPoints: [], hidden: [] };
}

/** True when a reference to an absent object of the kind is certainly a mistake. */
export function isJudged({ hidden }: Peculiarities, kind: string): boolean {
  return hidden !== 'everything' && !hidden.includes(kind);
}
