import { watchedControllers } from '../../status/kinds/watched-controllers';
import { type DiscoveredKind } from '../api/discovery';
import { coreKinds } from '../api/path';
import { type WatchTarget } from './watched-kind';

/** The watches of Deployments of a context, by what its server serves. */
export function controllerTargets(context: string, found: readonly DiscoveredKind[]): readonly WatchTarget[] {
  const { group, version, kind, plural } = coreKinds.deployment;
  // While the server cannot say of a group, what was watched goes on.
  const mayServe = (served: string): boolean =>
    found.some(({ entry, name }) => entry.group === served && name !== 'absent');
  return watchedControllers
    .filter((one) => one.group === undefined || mayServe(one.group))
    .map(({ part, labelSelector }) => ({
      scope: { context, group, version, kind, plural, ...(part === undefined ? {} : { part }) },
      labelSelector,
      metadataOnly: false,
    }));
}
