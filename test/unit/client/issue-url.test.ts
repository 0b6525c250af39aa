import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueUrl } from '../../../client/issue-url';

test('a new issue starts with the versions', () => {
  const url = new URL(issueUrl('https://example.com/issues/', { Fluxwright: '1.2.3', Platform: 'linux x64 & more' }));
  assert.equal(url.pathname, '/issues/new');
  assert.match(url.searchParams.get('body') ?? '', /^- Fluxwright: 1\.2\.3\n- Platform: linux x64 & more$/m);
});
