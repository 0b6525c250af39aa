import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takenBack } from '../../../../client/commands/object-action/rendered-fields';
import { Bindings } from '../../../../client/status/binding/bindings';
import { type SuspendStep } from '../../../../client/status/freeze/undo';
import { liveId } from '../../../../client/status/live/live-id';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf } from '../../../support/live-objects';

const kustomization = (name: string, spec = ''): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\n  namespace: f\nspec:\n  path: ./x\n${spec}`;
const parent = 'kustomize.toolkit.fluxcd.io/Kustomization/f/parent';
const root = 'file:///r';

interface Doing {
  readonly action: SuspendStep['action'];
  readonly isParentSuspended: boolean;
}

/** Who takes back what is done to some children of `parent`, whose rendering the server knows where it is bound. */
async function told(
  children: readonly string[],
  isBound: boolean,
  { action = 'suspend', isParentSuspended = false }: Partial<Doing> = {},
): Promise<readonly string[]> {
  const kept = new Map<string, string>();
  const memory = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string | undefined) => Promise.resolve(void kept.set(key, value ?? '')),
    keys: () => [...kept.keys()],
  };
  const identity = { context: 'bench', server: 'https://s', caHash: '' };
  if (isBound) {
    await new Bindings(memory, () => identity).confirm({ kind: 'cluster', root, path: 'clusters/home' }, identity, 0);
  }
  const store = new StatusStore(new FakeClock());
  feed(store, [
    fullObject({
      is: 'Kustomization f/parent',
      conditions: ['Ready True ReconciliationSucceeded x'],
      spec: { suspend: isParentSuspended },
      inventory: ['awake', 'free', 'asleep', 'parent'].map((name) => `f/Kustomization/${name}`),
    }),
    fullObject({ is: 'Kustomization f/awake' }),
    fullObject({ is: 'Kustomization f/free' }),
    fullObject({ is: 'Kustomization f/asleep', spec: { suspend: true } }),
  ]);
  const text = [
    kustomization('awake', '  suspend: false\n'),
    kustomization('free'),
    kustomization('asleep', '  suspend: true\n'),
    kustomization('parent', isParentSuspended ? '  suspend: true\n' : ''),
  ].join('---\n');
  const ask = (_: unknown, question: { readonly root: string; readonly address: string }): Promise<unknown> =>
    Promise.resolve(
      question.address === `clusters/home|${parent}|`
        ? { available: true, generation: 1, text }
        : { available: false, generation: 1, reason: 'not-found', message: '' },
    );
  const ids = children.map((name) => liveId('bench', idOf(`Kustomization f/${name}`).split('|')[1] ?? ''));
  return takenBack({ server: { ask } } as never, { clusters: { store }, memory } as never, 'bench', ids, action);
}

test('a suspension that Git takes back says who does it, before it is made', async () => {
  const sentence =
    'Kustomization f/parent sets spec.suspend to false for Kustomization f/awake. It resumes it with its next apply.';
  assert.deepEqual(await told(['awake', 'free'], true), [sentence]);
  assert.deepEqual(await told(['free'], true), [], 'server-side apply leaves what Git does not set');
  assert.deepEqual(await told(['awake'], false), [], 'what Git says of it is not known');
  assert.deepEqual(await told(['awake', 'parent'], true), [], 'its parent is suspended with it');
});

test('a resuming that Git takes back says who does it', async () => {
  const resuming = { action: 'resume' } as const;
  const sentence = (when: string): string =>
    `Kustomization f/parent sets spec.suspend to true for Kustomization f/asleep. It suspends it again ${when}.`;
  assert.deepEqual(await told(['asleep', 'awake', 'free'], true, resuming), [sentence('with its next apply')]);
  assert.deepEqual(await told(['asleep'], false, resuming), [], 'what Git says of it is not known');
  const later = { ...resuming, isParentSuspended: true };
  assert.deepEqual(await told(['asleep'], true, later), [sentence('as soon as it is resumed')]);
  assert.deepEqual(
    await told(['asleep', 'parent'], true, later),
    [
      sentence('with its next apply'),
      'Kustomization f/parent sets spec.suspend to true for Kustomization f/parent. It suspends it again with its next apply.',
    ],
    'one that applies itself takes it back, too',
  );
});
