// Versions and version ranges as github.com/Masterminds/semver v3.5 reads them (version.go, constraints.go): what Flux
// uses for chart versions, `ref.semver` and image policies. npm's rules differ.

/** A number of 64 bits; a bigint where it is beyond what a number holds exactly. */
type Segment = number | bigint;

export interface Version {
  readonly major: Segment;
  readonly minor: Segment;
  readonly patch: Segment;
  /** Behind the dash; empty for a release. */
  readonly prerelease: string;
}

/** One comparison. `wildcard`: the first part that is `x`, `*` or missing. */
interface Comparison {
  readonly operator: string;
  readonly version: Version;
  readonly wildcard: 'none' | 'major' | 'minor' | 'patch';
}

/** Alternatives, of each of which all comparisons have to hold. */
export interface VersionRange {
  readonly alternatives: readonly {
    readonly comparisons: readonly Comparison[];
    /** Prereleases match only where one is named. */
    readonly takesPrereleases: boolean;
  }[];
}

const longestVersion = 256;
const longestRange = 512;
const mostAlternatives = 32;

const identifiers = String.raw`[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)*`;
const versionForm = new RegExp(
  String.raw`^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-(${identifiers}))?(?:\+${identifiers})?$`,
);
// A bar belongs to the parts in the original too; a version with one is then refused.
const part = String.raw`[0-9|xX*]+`;
const partialForm = String.raw`v?${part}(?:\.${part})?(?:\.${part})?(?:-${identifiers})?(?:\+${identifiers})?`;
const partsForm = new RegExp(String.raw`^v?(${part})(\.${part})?(\.${part})?(-${identifiers})?`);
const blank = String.raw`[\t\n\f\r ]`;
const hyphenRange = new RegExp(String.raw`${blank}*(${partialForm})${blank}+-${blank}+(${partialForm})${blank}*`, 'g');
/** An operator with its version, and whether something parts it from the one before. */
const nextComparison = new RegExp(String.raw`^(${blank}*(?:,${blank}*)?)([=!<>~^]*)${blank}*(${partialForm})`);
const operators: ReadonlySet<string> = new Set(['', '=', '!=', '>', '<', '>=', '=>', '<=', '=<', '~', '~>', '^']);

const largest = 2n ** 64n;

function readSegment(digits: string | undefined): Segment | undefined {
  const value = Number(digits ?? '0');
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(digits ?? '0');
  return exact < largest ? exact : undefined;
}

/**
 * A version as NewVersion takes it: `v` before it, parts that are missing, and zeros before numbers are fine.
 * @returns undefined for what is none
 */
export function parseVersion(text: string): Version | undefined {
  if (text.length > longestVersion) return undefined;
  const match = versionForm.exec(text);
  if (match === null) return undefined;
  const [major, minor, patch] = [readSegment(match[1]), readSegment(match[2]), readSegment(match[3])];
  const prerelease = match[4] ?? '';
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  if (prerelease.split('.').some((identifier) => /^0\d+$/.test(identifier))) return undefined;
  return { major, minor, patch, prerelease };
}

const compareSegments = (a: Segment, b: Segment): number => (a < b ? -1 : a > b ? 1 : 0);

function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const [first, second] = [a, b].map((text) => (/^\d+$/.test(text) ? readSegment(text) : undefined));
  if (first !== undefined && second !== undefined) return compareSegments(first, second);
  if (first !== undefined || second !== undefined) return first === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}

function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const [first, second] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const difference = compareIdentifiers(first[at] ?? '', second[at] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Below zero, zero or above: by precedence, which build metadata does not change. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareSegments(a.major, b.major) ||
    compareSegments(a.minor, b.minor) ||
    compareSegments(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

/** `1.2 - 3` stands for two comparisons. */
function withoutHyphens(text: string): string {
  let rewritten = text;
  for (const [whole, from = '', to = ''] of text.matchAll(hyphenRange)) {
    const at = rewritten.indexOf(whole);
    rewritten = `${rewritten.slice(0, at)}>= ${from}, <= ${to} ${rewritten.slice(at + whole.length)}`;
  }
  return rewritten;
}

const isWildcard = (text: string | undefined): boolean => text === undefined || /^\.?[xX*]$/.test(text);

function readComparison(operator: string, text: string): Comparison | undefined {
  const [, major = '', minor, patch, prerelease = ''] = partsForm.exec(text) ?? [];
  let wildcard: Comparison['wildcard'] = 'none';
  let whole = text;
  if (isWildcard(major)) [wildcard, whole] = ['major', `0.0.0${prerelease}`];
  else if (isWildcard(minor)) [wildcard, whole] = ['minor', `${major}.0.0${prerelease}`];
  else if (isWildcard(patch)) [wildcard, whole] = ['patch', `${major}${minor ?? ''}.0${prerelease}`];
  const version = parseVersion(whole);
  return version && { operator, version, wildcard };
}

function readAlternative(text: string): readonly Comparison[] | undefined {
  const comparisons: Comparison[] = [];
  const end = text.replace(new RegExp(`${blank}+$`), '').length;
  for (let at = 0; at < end || at === 0;) {
    const match = nextComparison.exec(text.slice(at));
    if (match === null) return undefined;
    const [whole, separator = '', operator = '', version = ''] = match;
    if (at === 0 ? separator.includes(',') : separator === '') return undefined;
    const comparison = operators.has(operator) ? readComparison(operator, version) : undefined;
    if (comparison === undefined) return undefined;
    comparisons.push(comparison);
    at += whole.length;
  }
  return comparisons;
}

/**
 * A range as NewConstraint takes it: comparisons parted by blanks or commas, all of which hold, alternatives by `||`.
 * @returns undefined where Go refuses it, as it does the empty text
 */
export function parseRange(text: string): VersionRange | undefined {
  // Everything but ASCII is refused further on, so characters count as well as bytes.
  if (text.length > longestRange) return undefined;
  const parts = withoutHyphens(text).split('||');
  if (parts.length > mostAlternatives) return undefined;
  const alternatives: VersionRange['alternatives'][number][] = [];
  for (const alternative of parts) {
    const comparisons = readAlternative(alternative);
    if (comparisons === undefined) return undefined;
    const takesPrereleases = comparisons.some(({ version }) => version.prerelease !== '');
    alternatives.push({ comparisons, takesPrereleases });
  }
  return { alternatives };
}

/** Whether a version is in a range. */
export function matchesRange(range: VersionRange, version: Version): boolean {
  return range.alternatives.some(({ comparisons, takesPrereleases }) => {
    if (version.prerelease !== '' && !takesPrereleases) return false;
    return comparisons.every((comparison) => holds(comparison, version));
  });
}

function holds(comparison: Comparison, version: Version): boolean {
  const { operator, version: bound, wildcard } = comparison;
  const order = compareVersions(version, bound);
  switch (operator) {
    case '!=':
      return differs(comparison, version, order);
    case '>':
      if (wildcard === 'none' || version.major !== bound.major) {
        return wildcard === 'none' ? order > 0 : version.major > bound.major;
      }
      if (wildcard === 'minor') return false;
      return wildcard === 'patch' ? version.minor > bound.minor : order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      if (wildcard === 'none') return order <= 0;
      if (version.major !== bound.major) return version.major < bound.major;
      return wildcard === 'minor' || version.minor <= bound.minor;
    case '^':
      return order >= 0 && isCompatible(comparison, version);
    case '~':
    case '~>':
      return order >= 0 && isClose(comparison, version);
    default:
      return wildcard === 'none' ? order === 0 : order >= 0 && isClose(comparison, version);
  }
}

function differs({ version: bound, wildcard }: Comparison, version: Version, order: number): boolean {
  if (wildcard === 'none') return order !== 0;
  if (version.major !== bound.major) return true;
  if (wildcard === 'minor') return false;
  if (version.minor !== bound.minor) return true;
  if (wildcard === 'patch') return comparePrereleases(version.prerelease, bound.prerelease) !== 0;
  return order !== 0;
}

/** `~`, for a version not below the bound. */
function isClose({ version: bound, wildcard }: Comparison, version: Version): boolean {
  const isZero = bound.major === 0 && bound.minor === 0 && bound.patch === 0;
  if (isZero && (wildcard === 'none' || wildcard === 'major')) return true;
  return version.major === bound.major && (wildcard === 'minor' || version.minor === bound.minor);
}

/** `^`, for a version not below the bound. */
function isCompatible({ version: bound, wildcard }: Comparison, version: Version): boolean {
  if (version.major !== bound.major) return false;
  if (bound.major > 0 || wildcard === 'minor') return true;
  if (version.minor !== bound.minor) return false;
  return bound.minor > 0 || wildcard === 'patch' || version.patch === bound.patch;
}
