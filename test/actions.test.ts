import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe as suite, it } from 'node:test';
import { parse } from 'yaml';
import { deletionFacts } from '../client/status/deletion/deletion-facts';
import { deletionText } from '../client/status/deletion/deletion-text';
import { isProtected, protectedReason } from '../client/status/deletion/protected';
import { compared, type ToCompare } from '../client/status/difference/compared';
import { type LiveObject } from '../client/status/object-sink';
import { StatusStore } from '../client/status/store/status-store';
import { trace } from '../client/status/trace/trace';
import { traceText } from '../client/status/trace/trace-text';
import { exported } from '../client/status/yaml/exported';
import { printYaml } from '../client/status/yaml/print-yaml';
import { idOfObject, readObjects } from '../client/status/yaml/read-objects';
import { resourceKey, type ResourceId } from '../server/model/resource-id';
import { FakeClock } from './support/fake-clock';
import { feed, fullObject, scopeOf, type ShortObject } from './support/live-objects';

interface Named {
  readonly name: string;
}

const cases = (name: string): unknown => parse(readFileSync(`test/actions/${name}.yaml`, 'utf8'), { merge: true });

/** Reads of a cluster that has these objects. */
function reader(objects: readonly LiveObject[]): (id: ResourceId) => Promise<LiveObject | undefined> {
  const byKey = new Map(objects.map((object) => [resourceKey(idOfObject(object)), object]));
  return (id) => Promise.resolve(byKey.get(resourceKey(id)));
}

interface Comparison extends Partial<ToCompare> {
  readonly rendered: LiveObject;
  readonly expect: { equal: boolean; notes?: readonly string[]; live?: string; git?: string };
}

const withoutNotes = (text: string): string => text.replace(/^(?:# .*\n)+/, '');

suite('what a comparison shows', () => {
  for (const { name, expect, ...input } of cases('comparisons') as (Comparison & Named)[]) {
    it(name, () => {
      const { live, rendered, notes, isEqual } = compared({
        live: input.live,
        rendered: input.rendered,
        dryRun: input.dryRun,
        note: input.note ?? '',
        owner: input.owner,
        ...(input.secretKeys === undefined ? {} : { secretKeys: input.secretKeys }),
      });
      assert.equal(isEqual, expect.equal, `${live}\n↔\n${rendered}`);
      if (expect.notes !== undefined) assert.deepEqual(notes, expect.notes);
      if (expect.live !== undefined) assert.equal(withoutNotes(live), expect.live);
      if (expect.git !== undefined) assert.equal(withoutNotes(rendered), expect.git);
      for (const note of notes) assert.ok(live.includes(`# ${note}\n`) && rendered.includes(`# ${note}\n`));
    });
  }
});

interface Traced {
  readonly objects: LiveObject[];
  readonly text?: string;
  readonly said?: string;
}

interface Deleting {
  readonly delete: ShortObject;
  readonly with?: readonly ShortObject[];
  readonly ordinary?: readonly LiveObject[];
  /** Objects of the cluster to which kubeconfigs lead; bound to a context where they are given. */
  readonly spoke?: readonly ShortObject[];
  readonly unread?: readonly string[];
  readonly says?: readonly string[];
  readonly refused?: string;
  /** Refused for what would go with it. */
  readonly along?: string;
}

suite('what the dialog of a deletion says', () => {
  for (const each of cases('deletions') as (Deleting & Named)[]) {
    const { name, delete: short, with: others = [], ordinary = [], spoke, unread = [], says, refused, along } = each;
    it(name, async () => {
      const objects = [short, ...others].map(fullObject);
      const store = new StatusStore(new FakeClock(), { contextOf: () => spoke && 'spoke' });
      feed(store, objects);
      if (spoke !== undefined) feed(store, spoke.map(fullObject), 'spoke');
      const [object] = objects;
      assert.ok(object);
      const id = idOfObject(object);
      assert.equal(protectedReason(store, 'bench', id), refused);
      const status = store.statusIn('bench', resourceKey(id));
      // Its row offers what the command would do.
      if (status !== undefined) assert.equal(isProtected(store, 'bench', status), refused !== undefined);
      if (refused !== undefined) return;
      const reads = new Map([
        ['bench', reader([...objects, ...ordinary])],
        ['spoke', reader((spoke ?? []).map(fullObject))],
      ]);
      const facts = await deletionFacts(store, 'bench', id, object, async (one, context) =>
        unread.includes(`${one.kind} ${one.namespace}/${one.name}`) ? 'unread' : reads.get(context)?.(one),
      );
      assert.equal(facts.refused, along);
      if (along === undefined) assert.deepEqual(deletionText(facts), says);
    });
  }

  it('definitions of Flux and the namespace of its root are never offered', () => {
    const store = new StatusStore(new FakeClock());
    feed(store, [fullObject({ is: 'Kustomization flux-system/flux-system' })]);
    const definition = (name: string): ResourceId => ({
      group: 'apiextensions.k8s.io',
      kind: 'CustomResourceDefinition',
      namespace: '',
      name,
    });
    const namespace = (name: string): ResourceId => ({ group: '', kind: 'Namespace', namespace: '', name });
    for (const id of [
      definition('kustomizations.kustomize.toolkit.fluxcd.io'),
      definition('fluxinstances.fluxcd.controlplane.io'),
      definition('artifactgenerators.source.extensions.fluxcd.io'),
      namespace('flux-system'),
    ]) {
      assert.match(protectedReason(store, 'bench', id) ?? '', /not deleted from here\.$/, id.name);
    }
    for (const id of [definition('canaries.flagger.app'), namespace('web')]) {
      assert.equal(protectedReason(store, 'bench', id), undefined);
    }
  });

  it('what is lost with a Namespace, a definition or a claim itself', async () => {
    const store = new StatusStore(new FakeClock());
    feed(store, [fullObject({ is: 'HelmRelease web/a' }), fullObject({ is: 'Kustomization web/b' })]);
    const said = async (group: string, kind: string, namespace: string, name: string): Promise<readonly string[]> => {
      const id = { group, kind, namespace, name };
      return deletionText(await deletionFacts(store, 'bench', id, { kind, metadata: { name } }, reader([])));
    };
    const own = 'The object is deleted, and what it owns.';
    assert.deepEqual(await said('', 'Namespace', '', 'web'), [
      'Everything in it goes with it.',
      '2 objects of Flux are in it, and may take along what was applied.',
      own,
    ]);
    assert.deepEqual(await said('', 'Namespace', '', 'empty'), ['Everything in it goes with it.', own]);
    assert.deepEqual(await said('', 'PersistentVolumeClaim', 'web', 'data'), [
      'Its data is lost unless the volume is retained.',
      own,
    ]);
    const group = 'apiextensions.k8s.io';
    assert.deepEqual(await said(group, 'CustomResourceDefinition', '', 'canaries.flagger.app'), [
      'All objects of its kind go with it.',
      own,
    ]);
    assert.deepEqual(await said('', 'ConfigMap', 'web', 'settings'), [own]);
  });

  it('namespaces that hold the source of the root, an installation or the controllers are never offered', () => {
    const store = new StatusStore(new FakeClock());
    feed(store, [
      fullObject({
        is: 'Kustomization f/root',
        spec: { sourceRef: { kind: 'GitRepository', name: 'own', namespace: 'sources' } },
        inventory: ['f/Kustomization/root'],
      }),
      fullObject({ is: 'GitRepository sources/own' }),
      fullObject({ is: 'FluxInstance instance/flux' }),
      fullObject({ is: 'Deployment controllers/source-controller' }),
    ]);
    for (const name of ['f', 'sources', 'instance', 'controllers']) {
      const id = { group: '', kind: 'Namespace', namespace: '', name };
      assert.match(protectedReason(store, 'bench', id) ?? '', /not deleted from here\.$/, name);
    }
  });

  it('where Kustomizations are not known nothing is deleted', () => {
    const store = new StatusStore(new FakeClock());
    const id = { group: '', kind: 'ConfigMap', namespace: 'web', name: 'a' };
    assert.match(protectedReason(store, 'bench', id) ?? '', /not known now/);
    feed(store, []);
    assert.equal(protectedReason(store, 'bench', id), undefined);
    store.setState(scopeOf('Kustomization'), { name: 'disconnected', since: 1, message: 'lost' });
    assert.match(protectedReason(store, 'bench', id) ?? '', /Nothing is deleted\.$/);
  });

  it('a cluster of any size is looked at within bounds', async () => {
    const inventory = Array.from({ length: 2_000 }, (_, index) => `web/ConfigMap/c${index}`);
    const object = fullObject({ is: 'Kustomization flux-system/big', spec: { prune: true }, inventory });
    const store = new StatusStore(new FakeClock());
    feed(store, [object]);
    const facts = await deletionFacts(store, 'bench', idOfObject(object), object, reader([]));
    assert.equal(facts.deleted.length, 500);
    const [first, list = ''] = deletionText(facts);
    assert.equal(first, 'kustomize-controller deletes what it applied: more than 500 objects.');
    assert.match(list, /and 488 more$/);
  });
});

suite('what an export holds', () => {
  for (const { name, object, text } of cases('exports') as ({ object: LiveObject; text: string } & Named)[]) {
    it(name, () => {
      assert.equal(printYaml(exported(object)), text);
      assert.deepEqual(readObjects(text), [JSON.parse(JSON.stringify(exported(object)))]);
    });
  }
});

suite('where an object comes from', () => {
  for (const { name, objects, text, said } of cases('traces') as (Traced & Named)[]) {
    it(name, async () => {
      const [object] = objects;
      assert.ok(object);
      const blocks = await trace(object, reader(objects));
      assert.equal(typeof blocks === 'string' ? blocks : traceText(blocks), said ?? text);
    });
  }
});
