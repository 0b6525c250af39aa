import { spanHolds } from '../../../schemas/release';
import { type DocumentRule } from '../rule';
import { after, endsOf, fluxObjects, migration, versionToUse } from './flux-versions';

export const fluxApiDeprecated: DocumentRule = {
  code: 'flux-api-deprecated',
  severity: 'warning',
  certainty: 'certain',
  scope: 'document',
  summary: 'An API version is written that Flux will stop serving.',
  documentation: `The API version still works in the Flux release of the cluster, but it is deprecated there, and a later release drops it.

The API server answers with a warning; Flux applies the object.

Change the version and the fields that changed with it before the next upgrade of Flux.`,
  check(context) {
    for (const flux of fluxObjects(context)) {
      const { object, version, path } = flux;
      const { deprecated, served } = version;
      if (deprecated === undefined) continue;
      const gone = after(endsOf(served).last);
      const until = gone === undefined ? 'A later release will drop it' : `Flux ${gone} drops it`;
      const to = versionToUse(flux, context);
      const use = to === undefined ? '' : ` Use ${object.group}/${to.name}.`;
      context.report({
        path,
        message: `${object.kind} ${version.name} is deprecated since Flux ${endsOf(deprecated).first}. ${until}.${use}`,
        releases: (release) => spanHolds(deprecated, release),
        ...migration(flux, context),
      });
    }
  },
};
