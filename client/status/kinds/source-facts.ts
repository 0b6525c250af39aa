import { boundedText } from '../live/bounded-text';
import { liveObject, liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { type LiveFacts, type SourceRef } from './facts';

const refFields = ['branch', 'tag', 'semver', 'commit', 'name', 'digest'] as const;

/** User names and passwords have no business in a URL, but some stand there. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, (whole, scheme: string) =>
    /^ssh:/i.test(scheme) && !whole.slice(scheme.length).includes(':') ? whole : scheme,
  );
}

/** Where a source fetches from and what it follows; a GitRepository without ref follows `master`, an OCI one `latest`. */
export function sourceFacts(object: LiveObject): LiveFacts {
  const ref: { -readonly [field in keyof SourceRef]: string } = {};
  const written = liveObject(object, 'spec', 'ref');
  for (const field of refFields) {
    const text = liveText(written, field);
    if (text !== undefined && text !== '') ref[field] = boundedText(text, 300);
  }
  const url = liveText(object, 'spec', 'url') ?? liveText(object, 'spec', 'endpoint') ?? '';
  return { kind: 'source', url: boundedText(withoutCredentials(url), 500), ref };
}
