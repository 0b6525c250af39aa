import { findRemoved } from '../../validation/kubernetes-removed';
import { declaredObjects } from '../declared-objects';
import { type DocumentRule } from '../rule';
import { minorOf, oldestKubernetes } from './k8s-api-removed';

/** Kinds that Kubernetes advises against without a release that drops them (deprecation notes of 1.33). */
const deprecatedForGood: Readonly<Record<string, { readonly since: string; readonly instead: string }>> = {
  'v1/Endpoints': { since: '1.33', instead: 'EndpointSlice in discovery.k8s.io/v1' },
};

export const k8sApiDeprecated: DocumentRule = {
  code: 'k8s-api-deprecated',
  severity: 'warning',
  certainty: 'possible',
  scope: 'document',
  summary: 'An API version is written that Kubernetes advises against.',
  documentation: `Maintained releases of Kubernetes still serve this version of the kind, but it is superseded, and newer releases drop it or may do so.

The API server answers with a warning. Once a release drops the version, the object fails to apply ("no matches for kind").

Write the version, or the kind, that replaces it before the upgrade.`,
  check(context) {
    for (const { at, group, version, kind, apiVersion } of declaredObjects(context)) {
      const path = [...at, 'apiVersion'];
      if (context.isUnknown(path)) continue;
      const superseded = deprecatedForGood[`${apiVersion}/${kind}`];
      if (superseded !== undefined) {
        const message = `${kind} in ${apiVersion} is deprecated since Kubernetes ${superseded.since}. It still works. Use ${superseded.instead}.`;
        // No release is announced that drops it, so nothing will break.
        context.report({ path, message, severity: 'information' });
        continue;
      }
      const row = findRemoved(group, version, kind);
      if (row === undefined || minorOf(row.removed) <= oldestKubernetes) continue;
      const use = row.instead === undefined ? '' : ` Use ${row.instead}.`;
      context.report({
        path,
        message: `${kind} in ${apiVersion} is deprecated since Kubernetes ${row.deprecated}. Kubernetes ${row.removed} drops it.${use}`,
      });
    }
  },
};
