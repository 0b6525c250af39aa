import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildKustomization, emitBuild } from '../../../server/build/kustomize/build';
import { isFault, type EngineFault } from '../../../server/build/kustomize/fault';
import { createBuildFiles } from '../../../server/host/build-files';

export type FileTree = ReadonlyMap<string, string>;

export type Outcome = { readonly text: string } | { readonly error: string; readonly fault?: EngineFault };

/** The binary of kustomize 5.8.1: `KUSTOMIZE`, else where `go install` puts it or the search path has it. */
export function findKustomize(): string | undefined {
  const choices = [process.env['KUSTOMIZE'], join(homedir(), 'go', 'bin', 'kustomize'), 'kustomize'];
  return choices.find(
    (tool) => tool !== undefined && spawnSync(tool, ['version'], { encoding: 'utf8' }).stdout === 'v5.8.1\n',
  );
}

/** Writes a tree into a folder of its own and takes it away again. */
export function withTree<T>(files: FileTree, use: (directory: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export function buildWithTool(tool: string, root: string): Outcome {
  const args = ['build', '--load-restrictor', 'LoadRestrictionsNone', root];
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? { text: stdout } : { error: stderr };
}

export function buildWithEngine(root: string): Outcome {
  const result = buildKustomization({ files: createBuildFiles(root), directory: '', reorder: 'legacy' });
  const output = result.kind === 'failed' ? result.fault : emitBuild(result);
  return isFault(output) ? { error: `${output.code}: ${output.message}`, fault: output } : { text: output.text };
}
