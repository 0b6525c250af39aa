import { boundedText } from '../live/bounded-text';
import { liveItems, liveNumber, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';
import { type LiveFacts } from './facts';

/** The release that runs: of the history, newest first, the first that is deployed; else the newest. */
function runningRelease(object: LiveObject): LiveValue | undefined {
  const history = liveItems(object, 'status', 'history');
  return history.find((snapshot) => liveText(snapshot, 'status') === 'deployed') ?? history[0];
}

/** The Helm release of a HelmRelease; undefined before the first, and for releases of Flux without history. */
export function releaseFacts(object: LiveObject): LiveFacts | undefined {
  const release = runningRelease(object);
  if (release === undefined) return undefined;
  const text = (field: string): string => boundedText(liveText(release, field) ?? '', 300);
  return {
    kind: 'release',
    name: text('name'),
    chart: text('chartName'),
    chartVersion: text('chartVersion'),
    appVersion: text('appVersion'),
    number: liveNumber(release, 'version') ?? 0,
    status: text('status'),
    failures: liveNumber(object, 'status', 'failures') ?? 0,
    digest: text('ociDigest'),
  };
}
