import { newestFlux } from '../../../schemas/release';
import { findRemoved, removedVersions } from '../../validation/kubernetes-removed';
import { declaredObjects } from '../declared-objects';
import { type DocumentRule } from '../rule';

export const schemaUnknownKind: DocumentRule = {
  code: 'schema-unknown-kind',
  severity: 'hint',
  certainty: 'possible',
  scope: 'document',
  summary: 'A kind of Kubernetes itself is named that is not known.',
  documentation: `The API group belongs to Kubernetes, but the kind, or the version of it, is not known here. It may be misspelt, or newer than this tool. Kinds of other groups are silent: they come with charts and operators.

Nothing of the object can be checked. If the cluster does not know it either, Flux applies nothing of the whole Kustomization.`,
  check(context) {
    for (const { at, group, version, kind, apiVersion } of declaredObjects(context)) {
      if (!builtInGroups.has(group) || /alpha/.test(version)) continue;
      const found = context.schemas.find(group, version, kind, newestFlux);
      if (found !== undefined && found.status !== 'unknown-version') continue;
      if (findRemoved(group, version, kind) !== undefined || !hasSchemas(context.schemas)) continue;
      const versions = found?.served ?? [];
      const instead =
        versions.length === 0 ? '' : ` ${kind} is known as ${versions.map(withGroup(group)).join(' and ')}.`;
      context.report({
        path: [...at, found === undefined ? 'kind' : 'apiVersion'],
        message: `Kubernetes has no ${kind} in ${apiVersion} as far as is known here, so this object is not checked.${instead}`,
      });
    }
  },
};

const withGroup = (group: string) => (version: string) => (group === '' ? version : `${group}/${version}`);

type Schemas = Parameters<DocumentRule['check']>[0]['schemas'];

// Without the generated schemas nothing can be said to be unknown.
const hasSchemas = (schemas: Schemas): boolean => schemas.find('', 'v1', 'ConfigMap', newestFlux) !== undefined;

const builtInGroups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'policy',
  'networking.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  ...removedVersions.map(({ group }) => group),
]);
