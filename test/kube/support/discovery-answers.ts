import { type Answer, joined, ok, status } from './answers';
import { type Resource } from './stored-object';

/** What the discovery endpoints say of the resources; undefined for other paths. */
export function answerDiscovery(
  resources: readonly Resource[],
  path: string,
  accept: string,
  aggregated: boolean,
): Answer | undefined {
  const versionsOf = (group: string): string[] => [
    ...new Set(resources.filter((one) => one.group === group).map(({ version }) => version)),
  ];
  const groups = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== '');
  const groupOf = (name: string): object => {
    const versions = versionsOf(name).map((version) => ({ groupVersion: joined(name, version), version }));
    return { name, versions, preferredVersion: versions[0] };
  };
  if (path === '/apis' && aggregated && accept.includes('as=APIGroupDiscoveryList')) {
    const items = groups.map((name) => ({
      metadata: { name },
      versions: versionsOf(name).map((version) => ({
        version,
        resources: resources
          .filter((one) => one.group === name && one.version === version)
          .map(({ kind, plural, namespaced }) => ({
            resource: plural,
            responseKind: { group: name, version, kind },
            scope: namespaced ? 'Namespaced' : 'Cluster',
            verbs: ['get', 'list', 'watch', 'patch'],
          })),
      })),
    }));
    return ok({ kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items });
  }
  if (path === '/apis') return ok({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) });
  const [, core, group, version] = /^\/(?:(api)\/v1|apis\/([^/]+)(?:\/([^/]+))?)$/.exec(path) ?? [];
  if (core === undefined && group === undefined) return undefined;
  const own = core === undefined ? (group ?? '') : '';
  if (core === undefined && version === undefined)
    return groups.includes(own) ? ok(groupOf(own)) : status(404, 'NotFound', 'no group');
  const served = resources.filter((one) => one.group === own && one.version === (core === undefined ? version : 'v1'));
  if (served.length === 0) return status(404, 'NotFound', 'no version');
  return ok({
    kind: 'APIResourceList',
    resources: served.map(({ kind, plural, namespaced }) => ({ name: plural, kind, namespaced, verbs: ['list'] })),
  });
}
