/** A revision of an artifact, whichever release of Flux wrote it. Absent parts are undefined. */
export interface Revision {
  /** Branch, tag or other name before the digest; the version of a chart. */
  readonly name: string | undefined;
  readonly algorithm: string | undefined;
  readonly hex: string | undefined;
}

const hashAlgorithms: ReadonlyMap<number, string> = new Map([
  [40, 'sha1'],
  [64, 'sha256'],
]);
const digestForm = /^(?:(.*)@)?([a-z0-9]+):([0-9a-f]+)$/s;

const algorithmOf = (hex: string): string | undefined =>
  /^[0-9a-f]+$/.test(hex) ? hashAlgorithms.get(hex.length) : undefined;

/**
 * Reads `main@sha1:<hex>`, `sha1:<hex>`, `latest@sha256:<hex>`, chart versions, and the forms before Flux 2.0:
 * `main/<hex>`, `HEAD/<hex>`, `<hex>` (source-controller api/v1, TransformLegacyRevision).
 * @returns undefined for the empty text
 */
export function parseRevision(text: string | undefined): Revision | undefined {
  if (text === undefined || text === '') return undefined;
  const [, name, algorithm, hex] = digestForm.exec(text) ?? [];
  if (algorithm !== undefined) return { name, algorithm, hex };
  if (!text.includes(':')) {
    const slash = text.lastIndexOf('/');
    const last = text.slice(slash + 1);
    const legacy = algorithmOf(last);
    if (legacy !== undefined) {
      const before = slash < 0 ? undefined : text.slice(0, slash);
      return { name: before === 'HEAD' ? undefined : before, algorithm: legacy, hex: last };
    }
  }
  return { name: text, algorithm: undefined, hex: undefined };
}

/** Whether two revisions are the same, across the releases that wrote them. Undefined when one is missing. */
export function sameRevision(a: string | undefined, b: string | undefined): boolean | undefined {
  if (a === b && a !== undefined && a !== '') return true;
  const [first, second] = [parseRevision(a), parseRevision(b)];
  if (first === undefined || second === undefined) return undefined;
  return first.name === second.name && first.algorithm === second.algorithm && first.hex === second.hex;
}

/** The commit a revision names: its hash where it is a Git one; undefined for digests of OCI artifacts and versions. */
export function commitOf(revision: string | undefined): string | undefined {
  const parsed = parseRevision(revision);
  return parsed?.algorithm === 'sha1' ? parsed.hex : undefined;
}

const shownHash = 8;

/** As people read it: `main@2f9a1c0d`; a version or an unknown form as it is. Empty when there is none. */
export function shortRevision(revision: string | undefined): string {
  const parsed = parseRevision(revision);
  if (parsed === undefined) return '';
  if (parsed.hex === undefined) return parsed.name ?? '';
  const hash = parsed.hex.slice(0, shownHash);
  return parsed.name === undefined ? hash : `${parsed.name}@${hash}`;
}
