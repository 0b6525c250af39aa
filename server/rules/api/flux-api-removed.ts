import { type DocumentRule } from '../rule';
import { after, endsOf, fluxObjects, isBefore, migration, versionToUse } from './flux-versions';

export const fluxApiRemoved: DocumentRule = {
  code: 'flux-api-removed',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'An API version is written that Flux no longer serves.',
  documentation: `Flux drops old API versions of its kinds: 2.7, 2.8 and 2.9 removed one generation each.

Applying the object fails ("no matches for kind"), and with it everything else the Kustomization applies.

Change the version and the fields that changed with it. The fix does both, unless a field has no successor that can be written mechanically.`,
  check(context) {
    for (const flux of fluxObjects(context)) {
      const { object, version, path } = flux;
      const { last } = endsOf(version.served);
      const gone = after(last);
      if (gone === undefined) continue;
      const to = versionToUse(flux, context);
      const use = to === undefined ? '' : ` Use ${object.group}/${to.name}.`;
      context.report({
        path,
        message: `Flux ${gone} and newer do not serve ${object.kind} ${version.name}. They will fail to apply this object.${use}`,
        releases: (release) => isBefore(last, release),
        ...migration(flux, context),
      });
    }
  },
};
