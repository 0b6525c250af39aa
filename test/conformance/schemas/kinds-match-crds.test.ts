import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findKind, kinds } from '../../../schemas/kinds/index';
import { fluxReleases, spanHolds } from '../../../schemas/release';
import { missingCrds, readStoredVersions, type StoredVersion } from './stored-crds';

describe('kind entries say what the stored resource definitions say', { skip: missingCrds !== undefined }, () => {
  const stored = missingCrds === undefined ? readStoredVersions() : [];
  const nameOf = ({ group, kind }: { readonly group: string; readonly kind: string }): string => `${group}/${kind}`;

  test('no kind is missing or invented', () => {
    assert.deepEqual(kinds.map(nameOf).sort(), [...new Set(stored.map(nameOf))].sort());
  });

  for (const kind of new Set(stored.map(nameOf))) {
    const versions = stored.filter((one) => nameOf(one) === kind);
    const newest = versions.at(-1);
    const [group = '', name = ''] = kind.split('/');
    test(kind, () => {
      const entry = findKind(group, name);
      assert.ok(entry && newest);
      assert.equal(entry.plural, newest.plural);
      assert.equal(entry.scope, newest.scope);
      assert.deepEqual(entry.shortNames, newest.shortNames);
      const said = entry.versions.flatMap(({ name: version, served, deprecated }) =>
        fluxReleases
          .filter((release) => spanHolds(served, release))
          .map((release) => {
            const isDeprecated = deprecated !== undefined && spanHolds(deprecated, release);
            return `${version} ${release}${isDeprecated ? ' deprecated' : ''}`;
          }),
      );
      assert.deepEqual(
        said.sort(),
        versions
          .filter((one) => one.served)
          .flatMap(lines)
          .sort(),
      );
    });
  }
});

const lines = ({ version, releases, deprecated }: StoredVersion): string[] =>
  releases.map((release) => `${version} ${release}${deprecated ? ' deprecated' : ''}`);
