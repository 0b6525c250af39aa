import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { matchesLabels, parseLabelSelector } from '../../../../server/build/kustomize/label-selector';

const labels = new Map([
  ['app', 'web'],
  ['size', '10'],
  ['a.example/b', ''],
]);

describe('label selectors', () => {
  for (const [selector, expected] of [
    ['', true],
    ['app', true],
    ['!app', false],
    ['app=web,size', true],
    ['app = web , size==10', true],
    ['app!=web', false],
    ['other!=web', true],
    ['app in (web,api)', true],
    ['app notin (web)', false],
    ['other notin (web)', true],
    ['a.example/b=', true],
    ['a.example/b in ()', true],
    ['size>9', true],
    ['size<9', false],
    ['app>9', false],
    ['a b', undefined],
    ['app=a/b', undefined],
    ['app,', undefined],
    ['=x', undefined],
    ['app in web', undefined],
    ['size>x', undefined],
    ['A.Example/b', undefined],
    ['app in (a b)', undefined],
  ] as const) {
    test(selector === '' ? 'nothing' : selector, () => {
      const parsed = parseLabelSelector(selector);
      assert.equal(parsed && matchesLabels(parsed, labels), expected);
    });
  }
});
