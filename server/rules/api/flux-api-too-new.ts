import { isBefore, endsOf, fluxObjects } from './flux-versions';
import { formatPath } from '../../validation/messages';
import { neededRelease } from '../schema/field-history';
import { schemaFaults } from '../schema/schema-faults';
import { type DocumentRule } from '../rule';

export const fluxApiTooNew: DocumentRule = {
  code: 'flux-api-too-new',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'An API version or a field needs a newer Flux than the cluster runs.',
  documentation: `The kind has this version, or this field, only from a later Flux release on than the one the cluster runs.

Applying the object fails ("no matches for kind" or "field not declared in schema"), and with it everything else the Kustomization applies.

Upgrade Flux first, or leave the field out. If the cluster runs a newer Flux than is assumed here, say so with \`flux\` in \`.fluxwright.yaml\`.`,
  check(context) {
    for (const { object, version, path } of fluxObjects(context)) {
      const { first } = endsOf(version.served);
      const targets = context.targets.flatMap(({ release }) => (release === undefined ? [] : [release]));
      if (!targets.some((release) => isBefore(release, first))) continue;
      context.report({
        path,
        message: `${object.kind} ${version.name} needs Flux ${first}. Older releases will fail to apply this object.`,
        releases: (release) => isBefore(release, first),
      });
    }
    for (const { object, fault, path, release, releases } of schemaFaults(context)) {
      if (fault.code !== 'unknown-field') continue;
      const needed = neededRelease(object, fault.path, release);
      if (needed === undefined) continue;
      context.report({
        path,
        part: 'key',
        message: `${formatPath(fault.path)} needs Flux ${needed}. Flux ${release} will fail to apply this object.`,
        releases: releases ?? ((other) => isBefore(other, needed)),
        fix: { title: `Remove ${fault.name}`, edits: [{ kind: 'remove', path }] },
      });
    }
  },
};
