import { baseName, directoryOf } from '../../model/file-path';
import { type BuildFault, type SourceTree } from '../../build/build';
import { nearest } from '../../model/nearest';
import { type KustomizationRule, type Report } from '../rule';

export const kustomizeResourceMissing: KustomizationRule = {
  code: 'kustomize-resource-missing',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A kustomization lists a file or folder that does not exist.',
  documentation: `An entry under \`resources\`, \`components\`, \`patches\` or another list of files names something that is not there. Entries are relative to the folder of the kustomization.

The build stops at the first such entry, so nothing of the whole Flux Kustomization is applied.

Correct the entry, create the file, or remove the entry.`,
  check(build, context) {
    for (const fault of build.faults) {
      if (fault.code !== 'kustomize-resource-missing') continue;
      const { entry = '' } = fault.data;
      const near = nearestEntry(fault, context.cluster.kustomization(build.owner.key)?.tree);
      const hint = near === undefined ? '' : ` Did you mean ${near}?`;
      context.reportAt(fault, {
        path: fault.path,
        part: fault.part,
        message: `${entry} ${fault.data['leftOut'] === undefined ? 'does not exist' : 'is left out of the artifact by the ignore rules of its source'}. The build fails here, so Flux will apply nothing of this Kustomization.${hint}`,
        ...(near !== undefined && { fix: changeEntry(fault, near) }),
      });
    }
  },
};

/** A file or folder beside the missing one with nearly its name, written from the folder of the kustomization. */
function nearestEntry({ data, file }: BuildFault, tree: SourceTree | undefined): string | undefined {
  const { resolved, entry = '' } = data;
  if (resolved === undefined || tree === undefined) return undefined;
  const folder = directoryOf(resolved);
  const names = (tree.list(folder) ?? []).map(({ name }) => name).filter((name) => name !== baseName(file));
  const [near] = nearest(baseName(resolved), names, 1);
  const written = entry.slice(0, entry.replace(/\/+$/, '').lastIndexOf('/') + 1);
  return near === undefined ? undefined : written + near;
}

function changeEntry(fault: BuildFault, text: string): NonNullable<Report['fix']> {
  return { title: `Change to ${text}`, edits: [{ kind: 'replace', path: fault.path, text }] };
}
