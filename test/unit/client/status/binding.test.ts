import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bindings, type Bindable } from '../../../../client/status/binding/bindings';
import { type ContextIdentity } from '../../../../client/status/binding/context-identity';
import { asksForName, isNameTyped, matchesGlob } from '../../../../client/status/binding/production';
import { resolveBinding, type ResolveFacts } from '../../../../client/status/binding/resolve';

const staging: ContextIdentity = { context: 'staging', server: 'https://staging.example:6443', caHash: 'aa' };

function world(identities: readonly ContextIdentity[] = [staging]) {
  const stored = new Map<string, string>();
  const known = new Map(identities.map((identity) => [identity.context, identity]));
  const storage = {
    get: (key: string) => stored.get(key),
    set: (key: string, value: string | undefined) => {
      if (value === undefined) stored.delete(key);
      else stored.set(key, value);
      return Promise.resolve();
    },
  };
  return { bindings: new Bindings(storage, (context) => known.get(context)), known, stored };
}

const cluster: Bindable = { kind: 'cluster', root: 'file:///home/ada/fleet', path: 'clusters/staging' };
const facts: ResolveFacts = { name: 'staging' };

test('a cluster is bound once, on this machine, and by nobody else', async () => {
  const { bindings } = world();
  assert.equal(resolveBinding(bindings, cluster, facts).name, 'unbound');
  // What a committed file says about the server binds nothing.
  assert.equal(resolveBinding(bindings, cluster, { ...facts, server: staging.server }).name, 'unbound');
  await bindings.confirm(cluster, staging, 5);
  assert.deepEqual(resolveBinding(bindings, cluster, facts), { name: 'bound', identity: staging });
  assert.equal(resolveBinding(bindings, { ...cluster, path: 'clusters/other' }, facts).name, 'unbound');
  assert.equal(resolveBinding(bindings, { ...cluster, root: 'file:///home/ada/other' }, facts).name, 'unbound');
  await bindings.forget(cluster);
  assert.equal(resolveBinding(bindings, cluster, facts).name, 'unbound');
});

test('it is asked again when the server or its authority is another', async () => {
  const { bindings, known } = world();
  await bindings.confirm(cluster, staging, 5);
  known.set('staging', { ...staging, server: 'https://production.example:6443' });
  const moved = resolveBinding(bindings, cluster, facts);
  assert.equal(moved.name, 'changed');
  assert.match(
    moved.text,
    /^The server of context staging changed.*https:\/\/staging\.example:6443.*https:\/\/production\.example:6443/,
  );
  known.set('staging', { ...staging, caHash: 'bb' });
  const renewed = resolveBinding(bindings, cluster, facts);
  assert.ok(renewed.name === 'changed' && renewed.text.startsWith('The certificate authority of'));
  known.set('staging', { ...staging, server: 'https://STAGING.example:6443/' });
  assert.equal(resolveBinding(bindings, cluster, facts).name, 'bound');
  known.delete('staging');
  assert.equal(resolveBinding(bindings, cluster, facts).name, 'context-missing');
});

test('what contradicts the binding stops the action and says why', async () => {
  const { bindings } = world();
  await bindings.confirm(cluster, staging, 5);
  const other = resolveBinding(bindings, cluster, { ...facts, server: 'https://production.example:6443' });
  assert.ok(other.name === 'mismatch' && other.text.includes('production.example'));
  const item = resolveBinding(bindings, cluster, { ...facts, actionContext: 'production' });
  assert.ok(item.name === 'mismatch' && item.text.includes('context production'));
  assert.equal(
    resolveBinding(bindings, cluster, { ...facts, actionContext: 'staging', server: `${staging.server}/` }).name,
    'bound',
  );
});

test('what is stored and cannot be read is no binding', () => {
  const { bindings, stored } = world();
  const key = 'binding/cluster/file%3A%2F%2F%2Fhome%2Fada%2Ffleet/clusters%2Fstaging';
  for (const text of ['', '{', 'null', '[]', '{"context":1}', '{"context":"staging","server":"x"}']) {
    stored.set(key, text);
    assert.equal(resolveBinding(bindings, cluster, facts).name, 'unbound', text);
  }
});

test('a kubeconfig of a cluster leads where the user said, while that is who it was', async () => {
  const { bindings, known } = world();
  const target: Bindable = { kind: 'target', context: 'hub', target: 'Secret/f/spoke/value' };
  assert.equal(bindings.contextOf('hub', 'Secret/f/spoke/value'), undefined);
  await bindings.confirm(target, staging, 5);
  assert.equal(bindings.contextOf('hub', 'Secret/f/spoke/value'), 'staging');
  assert.equal(bindings.contextOf('other', 'Secret/f/spoke/value'), undefined);
  known.set('staging', { ...staging, caHash: 'bb' });
  assert.equal(bindings.contextOf('hub', 'Secret/f/spoke/value'), undefined);
});

test('patterns of production contexts', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['*prod*', 'eu-PROD-1', true],
    ['*prod*', 'staging', false],
    ['prod', 'prod', true],
    ['prod', 'prod-1', false],
    ['prod-*', 'prod-', true],
    ['*-live', 'a-live', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'acb', false],
    ['arn:aws:*:cluster/prod', 'arn:aws:eks:1:cluster/prod', true],
    ['p.od', 'prod', false],
    ['(a+)+$', 'aaaa', false],
  ];
  for (const [pattern, name, expected] of cases)
    assert.equal(matchesGlob(pattern, name), expected, `${pattern} ${name}`);
  assert.equal(asksForName('prod', ['']), false);
  assert.equal(asksForName('my-prod', ['x', '*prod']), true);
  assert.equal(isNameTyped('prod', ' prod '), true);
  assert.equal(isNameTyped('prod', 'Prod'), false);
});
