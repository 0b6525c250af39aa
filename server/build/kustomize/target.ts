import { baseName, type FilePath } from '../../model/file-path';
import { type VarConfig } from './kustomization';
import { type LoadedKustomization } from './load/kustomization';
import { joinLoose } from './metadata/build-origins';
import { type Origin } from './origin';
import { type EngineResource } from './resource';
import { type Session } from './session';
import { emptyTransformerConfig, type TransformerConfig } from './transformer-config';

/** What has come together so far (api/internal/accumulator/resaccumulator.go). */
export interface Accumulation {
  readonly resources: readonly EngineResource[];
  readonly config: TransformerConfig;
  readonly vars: readonly VarConfig[];
}

export const nothing: Accumulation = { resources: [], config: emptyTransformerConfig, vars: [] };

/** A kustomization on its way through a build: its file, the folders that led to it, and what the build shares. */
export interface Target {
  readonly session: Session;
  readonly loaded: LoadedKustomization;
  /** Folders of the kustomizations that led here, this one last. */
  readonly above: readonly FilePath[];
  /** Where the build notes origins: path of the folder from the one that is built, origin of the notes. */
  readonly noted: { readonly path: string; readonly origin: Origin } | undefined;
}

/** The kustomization file as notes name it. */
export function configuredIn(directory: string, { file }: LoadedKustomization): string {
  return joinLoose(directory, baseName(file));
}
