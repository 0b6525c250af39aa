import { findRemoved } from '../../validation/kubernetes-removed';
import { declaredObjects } from '../declared-objects';
import { type DocumentRule } from '../rule';

/** The oldest minor release of Kubernetes that is still maintained beside the newest Flux. */
export const oldestKubernetes = 34;

export const minorOf = (release: string): number => Number(release.slice(release.indexOf('.') + 1));

export const k8sApiRemoved: DocumentRule = {
  code: 'k8s-api-removed',
  severity: 'error',
  certainty: 'if-complete',
  scope: 'document',
  summary: 'An API version is written that no maintained Kubernetes serves.',
  documentation: `Kubernetes dropped this version of the kind in a release that every maintained Kubernetes is newer than.

Applying the object fails ("no matches for kind"), and with it everything else the Kustomization applies.

Write the version that replaces it. Fields may differ: compare with the reference of the new version.`,
  check(context) {
    for (const { at, group, version, kind, apiVersion } of declaredObjects(context)) {
      const row = findRemoved(group, version, kind);
      const path = [...at, 'apiVersion'];
      if (row === undefined || minorOf(row.removed) > oldestKubernetes || context.isUnknown(path)) continue;
      const use = row.instead === undefined ? ' Nothing replaces it.' : ` Use ${row.instead}.`;
      context.report({
        path,
        message: `Kubernetes ${row.removed} and newer do not serve ${kind} in ${apiVersion}. Flux will fail to apply this object.${use}`,
      });
    }
  },
};
