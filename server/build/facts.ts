import { baseName, type FilePath } from '../model/file-path';
import { type JsonObject } from '../model/json';
import { type Resource } from '../model/resource';
import { type Position } from '../model/text';

/** What is known of one document without its tree. */
export interface DocumentFacts {
  /** Objects it declares: one, several for a List, none for comments, broken text or foreign YAML. */
  readonly resources: readonly Resource[];
  /** The text cannot be read as YAML: it may declare anything. */
  readonly isBroken: boolean;
  /** It holds something (not only comments). */
  readonly hasContent: boolean;
  /** Content of a document of group kustomize.config.k8s.io, or of the first one of a kustomization file. */
  readonly kustomization: JsonObject | undefined;
}

/** What is known of one file; made when first asked for, kept until its text changes. */
export interface FileFacts {
  readonly path: FilePath;
  readonly documents: readonly DocumentFacts[];
  /** Why the file cannot be read as text (too large, no permission, not UTF-8): one sentence, and where it fails. */
  readonly unreadable: { readonly message: string; readonly at: Position } | undefined;
}

/** Names kustomize recognises, in the order it tries them (kustomize api/konfig/general.go). */
export const kustomizationFileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** True for a file that kustomize takes for a kustomization by its name. */
export function isKustomizationFile(path: FilePath): boolean {
  return (kustomizationFileNames as readonly string[]).includes(baseName(path));
}
