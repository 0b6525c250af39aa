import { boundedText } from '../live/bounded-text';
import { liveNumber, liveObject, liveText, liveTime } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { type LiveFacts } from './facts';

export function imageScanFacts(object: LiveObject): LiveFacts | undefined {
  const image = liveText(object, 'spec', 'image');
  if (image === undefined) return undefined;
  return {
    kind: 'image-scan',
    image: boundedText(image, 300),
    tags: liveNumber(object, 'status', 'lastScanResult', 'tagCount') ?? 0,
    scanned: liveTime(object, 'status', 'lastScanResult', 'scanTime'),
  };
}

/** `status.latestRef`; before image-reflector-controller 0.33 the text `status.latestImage`. */
export function imageChoiceFacts(object: LiveObject): LiveFacts | undefined {
  const latest = liveObject(object, 'status', 'latestRef');
  const name = liveText(latest, 'name');
  const image =
    name === undefined ? liveText(object, 'status', 'latestImage') : `${name}:${liveText(latest, 'tag') ?? ''}`;
  if (image === undefined) return undefined;
  return {
    kind: 'image-choice',
    image: boundedText(image, 500),
    digest: boundedText(liveText(latest, 'digest') ?? '', 200),
  };
}

export function imageUpdateFacts(object: LiveObject): LiveFacts | undefined {
  const commit = liveText(object, 'status', 'lastPushCommit');
  if (commit === undefined) return undefined;
  return {
    kind: 'image-update',
    commit: boundedText(commit, 100),
    pushed: liveTime(object, 'status', 'lastPushTime'),
  };
}
