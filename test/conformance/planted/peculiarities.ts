import { type FilePath } from '../../../server/model/file-path';

/** What has to be known of a tree to tell where a mistake is one. Found by reading the repositories. */
export interface Peculiarities {
  /** Files that make a cluster out of a folder: without them nothing is applied. */
  readonly entryPoints: readonly FilePath[];
  /** Kinds of which more objects may exist than the files declare. A reference to such a kind is never certainly wrong. */
  readonly hidden: 'everything' | readonly string[];
  /** Release to judge by, where the tree names one that is older than every table. */
  readonly flux?: string;
}

const table: Readonly<Record<string, Peculiarities>> = {
  // What the chart flux-instance makes is known: it is the entry point.
  'billimek+k8s-gitops': {
    entryPoints: ['kubernetes/flux-system/flux-instance/flux-instance.yaml'],
    hidden: [],
  },
  'fluxcd+flux2-kustomize-helm-example': { entryPoints: [], hidden: [] },
  // Two Kustomizations read sources whose files are elsewhere.
  'fluxcd+flux2-multi-tenancy': { entryPoints: [], hidden: 'everything' },
  'onedr0p+home-ops': {
    entryPoints: ['kubernetes/apps/flux-system/flux-instance/app/helmrelease.yaml'],
    hidden: [],
  },
  // Remote bases and resources, and Kustomizations that read chart repositories.
  'toboshii+home-ops': {
    entryPoints: ['cluster/flux/flux-system/flux-cluster.yaml'],
    hidden: 'everything',
    // Serves every version that the tree uses.
    flux: '2.5',
  },
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
