import { type ResourceId } from '../../../server/model/resource-id';
import { type LiveObject } from '../object-sink';
import { liveText } from './live-value';

const group = 'source.toolkit.fluxcd.io';

/**
 * The source that helm-controller has made of the chart template of a release, as its status names it: `<namespace>/<name>` is
 * a HelmChart, any other kind (since Flux 2.10 an OCIRepository) stands before those two (helm-controller api v1.7.1,
 * GetHelmChartReference).
 * @returns undefined where none was made yet
 */
export function madeSource(release: LiveObject): ResourceId | undefined {
  const steps = (liveText(release, 'status', 'helmChart') ?? '').split('/');
  const [kind = '', namespace = '', name = ''] = steps.length === 2 ? ['HelmChart', ...steps] : steps;
  return steps.length > 3 || kind === '' || name === '' ? undefined : { group, kind, namespace, name };
}
