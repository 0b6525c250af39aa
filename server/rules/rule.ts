import { type FluxRelease, type ReleaseSpan } from '../../schemas/release';
import { type BuildResult, type RenderedObject } from '../build/build';
import { type FilePath } from '../model/file-path';
import { type Certainty, type Severity } from '../model/finding';
import { type Path } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { type Position, type Span } from '../model/text';
import { type SchemaCatalog } from '../validation/catalog';
import { type FluxTarget, type RenderedCluster } from '../workspace/cluster';
import { type GoverningConfig } from '../workspace/governing-config';
import { type Snapshot } from '../workspace/snapshot';
import { type YamlDocument } from '../yaml/document';
import { type YamlFile } from '../yaml/file';

/** Change of one document, by path or by span of its text; the runner makes text edits of it. */
export type Edit =
  | { readonly kind: 'replace'; readonly path: Path; readonly text: string }
  | { readonly kind: 'rename-key'; readonly path: Path; readonly text: string }
  | { readonly kind: 'insert'; readonly path: Path; readonly key: string; readonly yaml: string }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'replace-within'; readonly path: Path; readonly piece: string; readonly text: string }
  | { readonly kind: 'text'; readonly span: Span; readonly text: string };

/** What a rule says about one place. Rules name paths; the runner finds the range. */
export interface Report {
  /** From the document root, or from the object's root for object rules. */
  readonly path?: Path;
  /** `key`: the name of the entry at `path`; `value` (default): its value; `whole`: the object itself. */
  readonly part?: 'key' | 'value' | 'whole';
  /** Of the value at `path` only this piece, where it stands in the text; the whole value where it does not. */
  readonly within?: string;
  /** Exact place in the document's text instead of a path (document rules only). */
  readonly span?: Span;
  /** Place in a file that has no documents, since it cannot be read as text. */
  readonly position?: Position;
  readonly message: string;
  readonly severity?: Severity;
  readonly certainty?: Certainty;
  /** Releases in which this is a fault; the runner weighs them against what is known of the cluster (design 2). */
  readonly releases?: (release: FluxRelease) => boolean;
  readonly related?: readonly RelatedReport[];
  /** What is marked does nothing, and may be shown dimmed. */
  readonly isUnnecessary?: true;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}

export type RelatedReport = (
  | { readonly object: RenderedObject; readonly path: Path }
  | { readonly document: DocumentRef; readonly path: Path }
  | { readonly span: Span }
) & { readonly message: string };

interface RuleBase {
  /** Kebab-case code of the catalogue; also the name of the rule's file and of its fixtures' folder. */
  readonly code: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** One sentence for lists and settings. */
  readonly summary: string;
  /** Markdown: what is wrong, what Flux does, how to repair it. */
  readonly documentation: string;
  /** Releases in which the rule holds; absent: all. */
  readonly flux?: ReleaseSpan;
}

/** What a document is: an object to apply, a fragment laid over one, kustomize configuration, or none of ours. */
export type DocumentRole = 'object' | 'patch' | 'kustomization' | 'data';

export interface DocumentContext {
  readonly file: FilePath;
  readonly index: number;
  readonly document: YamlDocument;
  readonly role: DocumentRole;
  /** Versions of Flux of the clusters that read the document, without repeats; the newest when none is known. */
  readonly targets: readonly FluxTarget[];
  readonly schemas: SchemaCatalog;
  /** True where a layer above may change the value (patches, substitution): then absence and form are not judged. */
  isUnknown(path: Path): boolean;
  report(report: Report): void;
}

/** Judges one document by its own text; runs before anything is rendered. */
export interface DocumentRule extends RuleBase {
  readonly scope: 'document';
  check(context: DocumentContext): void;
}

/** A rendered cluster that remembers what was asked of it, so that a check is repeated only when an answer changed. */
export interface ObjectContext {
  readonly cluster: RenderedCluster;
  /** Paths of the clusters that read a file; asking makes the check depend on them. */
  clustersReading(file: FilePath): readonly FilePath[];
  /** Other clusters, for "exists only in …"; asking makes the check depend on them. */
  otherClusters(): readonly RenderedCluster[];
  report(report: Report): void;
}

/** Judges one rendered object and what it refers to. */
export interface ObjectRule extends RuleBase {
  readonly scope: 'object';
  /** `group/Kind` of the objects it looks at; absent: all. */
  readonly kinds?: readonly string[];
  check(object: RenderedObject, context: ObjectContext): void;
}

export interface BuildContext {
  readonly cluster: RenderedCluster;
  /** A file of the repository as YAML; asking makes the check depend on it. */
  yaml(file: FilePath): YamlFile | undefined;
  reportAt(at: DocumentRef, report: Report): void;
  /** At the place of the field in the files; nothing for an object that no file declares. */
  reportOn(object: RenderedObject, report: Report): void;
}

/** Judges what one Flux Kustomization renders to. */
export interface KustomizationRule extends RuleBase {
  readonly scope: 'kustomization';
  check(build: BuildResult, context: BuildContext): void;
}

export interface ClusterContext {
  readonly snapshot: Snapshot;
  reportOn(object: RenderedObject, report: Report): void;
}

/** Judges a whole cluster: cycles, double ownership. */
export interface ClusterRule extends RuleBase {
  readonly scope: 'cluster';
  check(cluster: RenderedCluster, context: ClusterContext): void;
}

/** A file that concerns secrets, and what stands around it; asking makes the check depend on the answer. */
export interface FileContext {
  readonly file: YamlFile;
  /** The configuration that SOPS takes for the file; undefined where there is none. */
  readonly sops: GoverningConfig | undefined;
  exists(path: FilePath): boolean;
  /** A file of the repository, of any kind, as YAML; undefined when it is missing or cannot be read. */
  yaml(path: FilePath): YamlFile | undefined;
  /** Every file of the repository, of any kind, in no order. */
  filePaths(): Iterable<FilePath>;
  /** False for a file that Git leaves alone. */
  isTracked(): boolean;
  /** The document that the report speaks of is named by its index. */
  readonly report: (document: number, report: Report) => void;
}

/**
 * Judges a file by its own text, whether or not a cluster reads it, at every keystroke. Only files that concern secrets
 * are looked at (`server/workspace/secret-files.ts`).
 */
export interface FileRule extends RuleBase {
  readonly scope: 'file';
  check(context: FileContext): void;
}

export interface RepositoryContext {
  reportAt(at: DocumentRef, report: Report): void;
}

/** Judges what belongs to no cluster. */
export interface RepositoryRule extends RuleBase {
  readonly scope: 'repository';
  check(snapshot: Snapshot, context: RepositoryContext): void;
}

export type Rule = DocumentRule | FileRule | ObjectRule | KustomizationRule | ClusterRule | RepositoryRule;
