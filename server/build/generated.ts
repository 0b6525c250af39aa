import { type FilePath, joinPath } from '../model/file-path';
import { accumulateDirectory, findKustomizationFile, readObjects } from './accumulate';
import { type Draft } from './draft';
import { type Session } from './session';

/**
 * What Flux makes of a folder without a kustomization file: every YAML file below it in name order; a folder with a
 * kustomization counts as one resource and is not descended into (fluxcd/pkg kustomize/kustomize_generator.go). It
 * reads no ignore file: those shape the artifact.
 */
export function accumulateGenerated(session: Session, directory: FilePath, depth = 0): Draft[] {
  const drafts: Draft[] = [];
  for (const entry of session.list(directory) ?? []) {
    const path = joinPath(directory, entry.name) ?? entry.name;
    if (entry.kind === 'file') {
      if (/\.ya?ml$/.test(entry.name)) drafts.push(...readObjects(session, path));
      continue;
    }
    const file = findKustomizationFile(session, path);
    if (file !== undefined) drafts.push(...accumulateDirectory(session, path, file, [directory]));
    else if (depth < maxDepth) drafts.push(...accumulateGenerated(session, path, depth + 1));
  }
  return drafts;
}

// Far beyond any real tree; bounds the stack on hostile ones.
const maxDepth = 200;
