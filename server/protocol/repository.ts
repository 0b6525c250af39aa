import { type ResourceKey } from '../model/resource-id';
import { type AddressText, type SourcePlace } from './place';

/** One cluster as the repository describes it. */
export interface ClusterInfo {
  /** Folder of its entry point relative to the root; its identity. */
  readonly path: string;
  readonly name: string;
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

export interface ClusterGraph {
  readonly cluster: string;
  /** Keys of the Flux Kustomizations in rendering order. */
  readonly order: readonly ResourceKey[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface Graph {
  readonly clusters: readonly ClusterGraph[];
}
