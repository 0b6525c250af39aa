import { type ResourceKey } from '../model/resource-id';
import { type AddressText, type SourcePlace } from './place';

/** One cluster as the repository describes it. */
export interface ClusterInfo {
  /** Folder of its entry point relative to the root; its identity. */
  readonly path: string;
  readonly name: string;
  /** The API server that the configuration names for it. It chooses no context, but it may contradict one. */
  readonly server?: string;
  /** How it is to be told from others at a glance. */
  readonly colour?: 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';
  /** `isKnown` false: nothing says which Flux runs there, and the newest is assumed. */
  readonly flux: { readonly text: string; readonly isKnown: boolean; readonly evidence: string };
  readonly evidence: readonly { readonly kind: string; readonly text: string; readonly place: SourcePlace }[];
  readonly kustomizations: number;
  readonly objects: number;
}

/** A node of the graph: an object of interest in one cluster. */
export interface GraphNode {
  readonly address: AddressText;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Number of objects it applies; absent for what applies nothing. */
  readonly applies?: number;
  /** It is made of sample inputs from the configuration. */
  readonly sample?: true;
  /** An object of the cluster refers to it, and neither a file of the repository nor the installation makes it. */
  readonly missing?: true;
  /** Sentences about what could not be known there. */
  readonly holes?: readonly string[];
}

/** An edge from the object that refers or applies to the other one. */
export interface GraphEdge {
  readonly from: AddressText;
  readonly to: AddressText;
  /** `applies`, or the role of the reference in the kind tables. */
  readonly role: string;
}

/** A source whose files are those of a folder of this repository. */
export interface GraphSource {
  readonly source: ResourceKey;
  /** Relative to the root, which is the empty text. */
  readonly folder: string;
  /** `configuration`, `sync`, `url`, `push` or `paths`: what says that it serves the folder. */
  readonly by: string;
  /** No configuration, address or installation says so. */
  readonly inferred: boolean;
  /** Not all that is read from it stands there. */
  readonly guessed?: true;
  /** The file that pushes the folder. */
  readonly pushedBy?: string;
}

export interface ClusterGraph {
  readonly cluster: string;
  /** Keys of the Flux Kustomizations in rendering order. */
  readonly order: readonly ResourceKey[];
  /** In the order in which they are read. */
  readonly sources: readonly GraphSource[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface Graph {
  readonly clusters: readonly ClusterGraph[];
}
