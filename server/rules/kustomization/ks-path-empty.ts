import { type SourceTree } from '../../build/build';
import { kustomizationFileNames } from '../../build/facts';
import { isUnknownAt } from '../../build/unknown';
import { holdsUnknownPlace } from '../../build/unknown-places';
import { type FilePath } from '../../model/file-path';
import { valueAt } from '../../model/json';
import { type ObjectRule } from '../rule';
import { appliedPath, kustomizationKind, specPath } from './applied-path';

export const ksPathEmpty: ObjectRule = {
  code: 'ks-path-empty',
  severity: 'warning',
  certainty: 'certain',
  scope: 'object',
  kinds: [kustomizationKind],
  summary: 'The folder of a Kustomization holds nothing to apply.',
  documentation: `The folder exists, but neither a kustomization file nor any YAML file lies in or below it.

Flux does not fail: the Kustomization becomes ready with nothing applied. With \`prune: true\` everything it applied before is deleted.

Correct the path, or add what is to be applied.`,
  check(object, context) {
    const applied = appliedPath(object, context.cluster);
    if (applied?.is !== 'directory' || isUnknownAt(object.unknown, ['spec', 'components'])) return;
    const components = valueAt(object.value, ['spec', 'components']);
    if (Array.isArray(components) && components.length > 0) return;
    if (holdsUnknownPlace(applied.tree, applied.path)) return;
    if (holdsYaml(applied.tree, applied.path) || applied.tree.leavesOut(applied.path)) return;
    const prunes = valueAt(object.value, ['spec', 'prune']) === true;
    context.report({
      path: specPath,
      message: `The folder ${applied.written} holds nothing to apply. Flux will report Kustomization ${object.id.name} as ready${prunes ? ' and delete everything it applied before' : ''}.`,
    });
  },
};

const isManifest = (name: string): boolean =>
  /\.ya?ml$/.test(name) || (kustomizationFileNames as readonly string[]).includes(name);

function holdsYaml(tree: SourceTree, directory: FilePath): boolean {
  const entries = tree.list(directory) ?? [];
  if (entries.some(({ name, kind }) => kind === 'file' && isManifest(name))) return true;
  return entries.some(
    ({ name, kind }) => kind === 'directory' && holdsYaml(tree, directory === '' ? name : `${directory}/${name}`),
  );
}
