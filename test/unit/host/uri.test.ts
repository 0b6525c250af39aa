import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { absolutePathOf, createRootUris, type PathFlavour, uriOfAbsolute } from '../../../server/model/uri';
import { memoryFiles } from '../../support/memory-files';

// flavour, absolute path, its URI
const places: readonly (readonly [PathFlavour, string, string])[] = [
  ['posix', '/home/me/repo', 'file:///home/me/repo'],
  ['posix', '/', 'file:///'],
  ['posix', '/a b/100%/c+d', 'file:///a%20b/100%25/c%2Bd'],
  ['posix', '/%41', 'file:///%2541'],
  ['posix', '/back\\slash', 'file:///back%5Cslash'],
  ['posix', '/#1/?q', 'file:///%231/%3Fq'],
  ['posix', '/caf\u00e9', 'file:///caf%C3%A9'],
  ['posix', '/cafe\u0301', 'file:///cafe%CC%81'],
  ['windows', 'c:\\Users\\me', 'file:///c%3A/Users/me'],
  ['windows', '\\\\server\\share\\a b', 'file://server/share/a%20b'],
];

describe('absolute paths and URIs', () => {
  for (const [flavour, path, uri] of places) {
    test(`${flavour} ${path}`, () => {
      assert.equal(uriOfAbsolute(path, flavour), uri);
      assert.equal(absolutePathOf(uri, flavour), path);
    });
  }
  test('an upper-case drive is the lower-case one', () => {
    assert.equal(uriOfAbsolute('D:\\x', 'windows'), 'file:///d%3A/x');
  });
  test('no path where the flavour has none', () => {
    assert.equal(absolutePathOf('untitled:Untitled-1', 'posix'), undefined);
    assert.equal(absolutePathOf('git:/a?x', 'posix'), undefined);
    assert.equal(absolutePathOf('file://server/share', 'posix'), undefined);
    assert.equal(absolutePathOf('file:///no/drive', 'windows'), undefined);
    assert.equal(absolutePathOf('not a uri', 'posix'), undefined);
    assert.equal(absolutePathOf('', 'posix'), undefined);
  });
});

// root, URI of a file, path below the root
const files: readonly (readonly [string, string, string | undefined])[] = [
  ['file:///repo', 'file:///repo/apps/a.yaml', 'apps/a.yaml'],
  ['file:///repo/', 'file:///repo/apps/a.yaml', 'apps/a.yaml'],
  ['file:///repo', 'file:///repo', ''],
  ['file:///', 'file:///a.yaml', 'a.yaml'],
  ['file:///repo', 'file:///repository/a.yaml', undefined],
  ['file:///repo', 'file:///a.yaml', undefined],
  ['file:///repo', 'file:///Repo/a.yaml', undefined],
  ['file:///repo', 'untitled:/repo/a.yaml', undefined],
  ['file:///repo', 'file:///repo/../etc/passwd', undefined],
  ['file:///repo', 'file:///repo/%2e%2e/etc/passwd', undefined],
  ['file:///repo', 'nonsense', undefined],
  ['file:///repo', 'file:///repo/a%20b/c+d%25.yaml', 'a b/c+d%.yaml'],
  ['file:///c%3A/Repo', 'file:///C:/Repo/a.yaml', 'a.yaml'],
  ['file:///C:/Repo', 'file:///c%3A/Repo/a.yaml', 'a.yaml'],
  ['file:///c%3A/Repo', 'file:///d%3A/Repo/a.yaml', undefined],
  ['file://Server/share', 'file://server/share/a.yaml', 'a.yaml'],
  ['file://server/share', 'file://other/share/a.yaml', undefined],
  ['vscode-remote://ssh-remote%2Bbox/repo', 'vscode-remote://ssh-remote%2Bbox/repo/a.yaml', 'a.yaml'],
];

describe('paths below a root', () => {
  for (const [root, uri, path] of files) {
    test(`${root} ${uri}`, () => assert.equal(createRootUris(root).pathOf(uri), path));
  }
  test('URIs start as the client spells the root', () => {
    const uris = createRootUris('file:///C:/My%20Repo/');
    assert.equal(uris.uri, 'file:///C:/My%20Repo');
    assert.equal(uris.uriOf(''), 'file:///C:/My%20Repo');
    assert.equal(uris.uriOf('a b/50%+.yaml'), 'file:///C:/My%20Repo/a%20b/50%25%2B.yaml');
    assert.equal(uris.pathOf(uris.uriOf('a b/50%+.yaml')), 'a b/50%+.yaml');
  });
});

describe('roots that ignore case and normal form', () => {
  const spelling = memoryFiles({ 'Apps/Web/ks.yaml': '', 'cafe\u0301/a.yaml': '' });
  const uris = createRootUris('file:///Users/Me/Repo', { spelling });
  const same: readonly (readonly [string, string | undefined])[] = [
    ['file:///Users/Me/Repo/Apps/Web/ks.yaml', 'Apps/Web/ks.yaml'],
    ['file:///users/me/repo/apps/WEB/KS.yaml', 'Apps/Web/ks.yaml'],
    ['file:///Users/Me/Repo/caf%C3%A9/a.yaml', 'cafe\u0301/a.yaml'],
    ['file:///Users/Me/Repo/apps/new.yaml', 'Apps/new.yaml'],
    ['file:///Users/Me/Repo/apps/new/New.yaml', 'Apps/new/New.yaml'],
    ['file:///Users/Me/Repository/a.yaml', undefined],
  ];
  for (const [uri, path] of same) test(uri, () => assert.equal(uris.pathOf(uri), path));
  test('an exact spelling wins over one that folds to it', () => {
    const both = createRootUris('file:///r', { spelling: memoryFiles({ 'A.yaml': '', 'a.yaml': '' }) });
    assert.equal(both.pathOf('file:///r/a.yaml'), 'a.yaml');
    assert.equal(both.pathOf('file:///r/A.yaml'), 'A.yaml');
  });
});
