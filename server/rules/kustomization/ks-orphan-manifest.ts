import { type RepositoryRule } from '../rule';

export const ksOrphanManifest: RepositoryRule = {
  code: 'ks-orphan-manifest',
  severity: 'hint',
  certainty: 'if-complete',
  scope: 'repository',
  summary: 'No cluster of this repository applies the Flux objects of a folder.',
  documentation: `Flux objects stand here, but no Flux Kustomization of any cluster leads to them: the folder is listed in no
\`kustomization.yaml\`, or lies below no path. Flux never sees them, so nothing else is said about them.

List the folder where it belongs, or leave it as it is if it is an archive. If a cluster does apply it, name the
cluster in \`.fluxwright.yaml\`.`,
  check({ unapplied }, context) {
    for (const { directory, at, count } of unapplied) {
      const where = directory === '' ? 'this folder' : directory;
      const message =
        count === 1
          ? `No cluster applies the Flux object in ${where}. Flux will never see it.`
          : `No cluster applies the ${count} Flux objects in ${where}. Flux will never see them.`;
      context.reportAt(at, { part: 'whole', message });
    }
  },
};
