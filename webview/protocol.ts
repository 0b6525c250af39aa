import { always, count, list, oneOf, optional, read, type Reading, record, Refusal, text } from './reading';

export { pageProtocol, type Reading, versioned } from './reading';

// Messages between the extension and the page of the graph, checked at both ends.

/** Live states a node can have; each has a mark of its own (`graph/phases.ts`). */
export const phases = [
  'ready',
  'reconciling',
  'failed',
  'stalled',
  'waiting',
  'suspended',
  'deleting',
  'unknown',
  'behind',
  'unchecked',
  'empty',
  'static',
  'disconnected',
] as const;
export type Phase = (typeof phases)[number];

/** What an edge says of its two ends: `from` depends on, takes its files from, or applies `to`. */
export const relations = ['dependsOn', 'source', 'applies'] as const;
export type Relation = (typeof relations)[number];

/** An object of the shown cluster. */
export interface PageNode {
  /** Its address, which the page hands back and never reads. */
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Number of objects it applies; absent for what applies nothing. */
  readonly applies?: number;
  /** Others name it, and nothing in the repository declares it. */
  readonly missing?: true;
  /** What could not be known there, in sentences. */
  readonly note?: string;
}

export interface PageEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
}

export interface PageCluster {
  readonly id: string;
  readonly title: string;
}

export interface PageState {
  readonly id: string;
  readonly phase: Phase;
  readonly text: string;
}

export const saveFormats = ['mermaid', 'svg'] as const;
export type SaveFormat = (typeof saveFormats)[number];

/** Extension → graph. `states` holds every known state of the cluster: a node it leaves out has none any more. */
export type GraphHostMessage =
  | {
      readonly type: 'graph';
      readonly clusters: readonly PageCluster[];
      readonly cluster: string;
      readonly nodes: readonly PageNode[];
      readonly edges: readonly PageEdge[];
    }
  | { readonly type: 'states'; readonly cluster: string; readonly states: readonly PageState[] }
  | { readonly type: 'notice'; readonly text: string };

/** Graph → extension. `ready` names the cluster that was shown before a reload; `fault` is a line for the log. */
export type GraphPageMessage =
  | { readonly type: 'ready'; readonly cluster?: string }
  | { readonly type: 'show'; readonly cluster: string }
  | { readonly type: 'open'; readonly cluster: string; readonly id: string }
  | { readonly type: 'save'; readonly format: SaveFormat; readonly text: string }
  | { readonly type: 'fault'; readonly text: string };

/** Largest sizes either end takes; texts in UTF-16 code units. */
export const pageLimits = {
  clusters: 500,
  nodes: 5_000,
  edges: 25_000,
  id: 4_096,
  text: 2_000,
  saved: 16_000_000,
} as const;

/** Reads a message of the extension in the page. Unknown fields are left out of what is returned. */
export function readGraphHostMessage(value: unknown): Reading<GraphHostMessage> {
  return read(value, ({ type, ...fields }) => {
    if (type === 'notice') return { type, text: text(fields['text'], pageLimits.text) };
    if (type === 'states')
      return { type, cluster: id(fields['cluster']), states: list(fields['states'], pageLimits.nodes, state) };
    if (type !== 'graph') throw new Refusal('type');
    return {
      type,
      clusters: list(fields['clusters'], pageLimits.clusters, cluster),
      cluster: id(fields['cluster']),
      nodes: list(fields['nodes'], pageLimits.nodes, node),
      edges: list(fields['edges'], pageLimits.edges, edge),
    };
  });
}

/** Reads a message of the page in the extension. */
export function readGraphPageMessage(value: unknown): Reading<GraphPageMessage> {
  return read(value, ({ type, ...fields }) => {
    if (type === 'ready') return { type, ...optional('cluster', fields['cluster'], id) };
    if (type === 'show') return { type, cluster: id(fields['cluster']) };
    if (type === 'open') return { type, cluster: id(fields['cluster']), id: id(fields['id']) };
    if (type === 'fault') return { type, text: text(fields['text'], pageLimits.text) };
    if (type !== 'save') throw new Refusal('type');
    return { type, format: oneOf(saveFormats, fields['format']), text: text(fields['text'], pageLimits.saved) };
  });
}

function cluster(value: unknown): PageCluster {
  const fields = record(value);
  return { id: id(fields['id']), title: text(fields['title'], pageLimits.text) };
}

function node(value: unknown): PageNode {
  const fields = record(value);
  return {
    id: id(fields['id']),
    kind: text(fields['kind'], pageLimits.text),
    namespace: text(fields['namespace'], pageLimits.text),
    name: text(fields['name'], pageLimits.text),
    ...optional('applies', fields['applies'], count),
    ...optional('missing', fields['missing'], always),
    ...optional('note', fields['note'], (note) => text(note, pageLimits.text)),
  };
}

function edge(value: unknown): PageEdge {
  const fields = record(value);
  return { from: id(fields['from']), to: id(fields['to']), relation: oneOf(relations, fields['relation']) };
}

function state(value: unknown): PageState {
  const fields = record(value);
  return {
    id: id(fields['id']),
    phase: oneOf(phases, fields['phase']),
    text: text(fields['text'], pageLimits.text),
  };
}

function id(value: unknown): string {
  return text(value, pageLimits.id);
}
