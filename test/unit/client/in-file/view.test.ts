import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusStore } from '../../../../client/status/store/status-store';
import { type ClusterContexts } from '../../../../client/status/in-file/object-in-file';
import { Slices } from '../../../../client/status/slices';
import { FakeClock } from '../../../support/fake-clock';
import { FakeEditor, FakeVscode, fakeDocument, withVscode } from '../../../support/fake-vscode';
import { feed, fullObject, scopeOf } from '../../../support/live-objects';

const uri = 'file:///r/clusters/home/apps.yaml';
const text = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: f
spec:
  path: ./apps
`;
const apps = (condition: string) =>
  fullObject({
    is: 'Kustomization f/apps',
    conditions: [condition],
    spec: { wait: true },
    inventory: ['w/ConfigMap/a'],
  });
const other = (message: string) =>
  fullObject({ is: 'Kustomization f/other', conditions: [`Ready False No ${message}`] });

// One fake for all tests: what was loaded once keeps the editor that it was loaded with.
const vscode = new FakeVscode();
const loaded = withVscode(vscode, async () => ({
  ...(await import('../../../../client/views/live/in-file/in-file-view')),
  ...(await import('../../../../client/views/live/follow-editor')),
  ...(await import('../../../../client/views/live/live-views')),
  ...(await import('../../../../client/views/live/in-file/gutter-icons')),
  ...(await import('../../../../client/views/live/graph-states')),
}));
const turns = async (): Promise<void> => {
  for (let at = 0; at < 5; at++) await new Promise(setImmediate);
};

async function openView(may = (): boolean => true) {
  const rights = { may, mayOne: may };
  const { InFileView } = await loaded;
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const ready = 'Ready True ReconciliationSucceeded x';
  feed(store, [apps(ready), other('0')]);
  const address = 'clusters/home||kustomize.toolkit.fluxcd.io/Kustomization/f/apps';
  const ask = (request: { method: string }) =>
    Promise.resolve(
      request.method === 'fluxwright/documents'
        ? { available: true, generation: 1, documents: [{ range: {}, addresses: [address] }] }
        : { available: true, generation: 1, said: null },
    );
  const contexts: ClusterContexts = { contextOf: () => 'bench' };
  const view = new InFileView({
    ...{ clusters: { store, attend: () => () => undefined }, contexts, clock },
    ...{ server: { ask, status: () => ({ clusters: new Map() }) }, memory: { get: () => true } },
    ...{ events: { of: () => Promise.resolve([]) }, log: { of: () => Promise.resolve(['a line of a controller']) } },
    rights,
  } as unknown as ConstructorParameters<typeof InFileView>[0]);
  let told = 0;
  view.onDidChangeCodeLenses(() => {
    told++;
    // As the workbench does.
    for (const editor of vscode.visibleEditors) view.provideCodeLenses(editor.document as never);
  });
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await turns();
  };
  return { view, store, clock, pass, told: () => told, ready };
}

/** What is drawn in an editor: texts behind lines, and how many icons stand beside them. */
function shown(editor: FakeEditor): { texts: string[]; icons: number } {
  const texts = [...editor.drawn.values()].flat().flatMap((option) => {
    const { renderOptions } = option as { renderOptions?: { after?: { contentText?: string } } };
    return renderOptions?.after?.contentText ?? [];
  });
  const icons = [...editor.drawn.keys()].filter((type) => JSON.stringify(type).includes('gutterIconPath')).length;
  return { texts, icons };
}

test('marks, icons and lines change at most once a second, and only if they are others in a visible editor', async () => {
  const editor = new FakeEditor(fakeDocument(uri, text));
  vscode.visibleEditors = [editor];
  const { view, store, pass, told } = await openView();
  await pass(0);
  await pass(1_000);
  await pass(1_000);
  assert.deepEqual(shown(editor), { texts: ['ready'], icons: 1 });
  await pass(5_000);

  // Events of others: nothing of this file is another.
  const [calls, fires] = [editor.calls, told()];
  for (let at = 1; at <= 100; at++) {
    store.put(scopeOf('Kustomization'), other(String(at)));
    await pass(100);
  }
  assert.deepEqual([editor.calls, told()], [calls, fires]);

  // Many changes within a second are one: the mark, the icon that goes and the one that comes, and one question for lines.
  for (const reason of ['A', 'B', 'C', 'BuildFailed']) {
    store.put(scopeOf('Kustomization'), apps(`Ready False ${reason} no`));
    await pass(200);
  }
  await pass(200);
  assert.deepEqual(shown(editor), { texts: ['failed'], icons: 1 });
  // Once at the begin and once at the end of the second.
  assert.ok(editor.calls - calls <= 4, String(editor.calls - calls));
  assert.ok(told() - fires <= 2, String(told() - fires));

  // Nobody sees it.
  await pass(5_000);
  const [seen, last] = [editor.calls, told()];
  vscode.visibleEditors = [];
  store.put(scopeOf('Kustomization'), apps('Ready True ReconciliationSucceeded x'));
  await pass(5_000);
  assert.deepEqual([editor.calls, told()], [seen, last]);
  view.dispose();
});

test('a hover tells conditions, the age and the last lines of the controller, on the name alone', async () => {
  const editor = new FakeEditor(fakeDocument(uri, text));
  vscode.visibleEditors = [editor];
  const { view, pass } = await openView();
  await pass(0);
  await pass(1_000);
  const at = async (line: number, character: number): Promise<string> => {
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
    const hover = await view.provideHover(editor.document as never, { line, character } as never, token);
    return ((hover?.contents ?? []) as readonly { value: string }[]).map(({ value }) => value).join();
  };
  const said = await at(3, 9);
  assert.match(said, /ReconciliationSucceeded/);
  assert.match(said, /Last lines of its controller:[^]*a line of a controller/);
  assert.equal(await at(6, 3), '');
  view.dispose();
});

test('each state has an icon of its own in both kinds of theme, and colors that can be told from the ground', async () => {
  const { gutterIcon } = await loaded;
  const states = ['ready', 'failed', 'stalled', 'waiting', 'suspended', 'disconnected', 'behind', 'unchecked'] as const;
  for (const [theme, ground] of [
    ['dark', 0x1f],
    ['light', 0xff],
  ] as const) {
    const icons = states.map((state) => gutterIcon({ state, tone: 'plain' }, theme));
    assert.equal(new Set(icons).size, states.length);
    for (const tone of ['good', 'bad', 'warning', 'plain'] as const) {
      const icon = gutterIcon({ state: 'ready', tone }, theme);
      assert.match(icon, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^<]*><path [^<]*\/><\/svg>$/);
      const color = /stroke="#([0-9a-f]{6})"/.exec(icon)?.[1] ?? '';
      assert.ok(contrast(color, ground) >= 3, `${theme} ${tone}: ${contrast(color, ground)}`);
    }
  }
});

/** Contrast of a color with a gray (WCAG 2.2, relative luminance). */
function contrast(color: string, ground: number): number {
  const part = (value: number): number =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  const [red = 0, green = 0, blue = 0] = (color.match(/../g) ?? []).map((hex) => part(Number.parseInt(hex, 16)));
  const [one, two] = [0.2126 * red + 0.7152 * green + 0.0722 * blue, part(ground)];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

test('following the editor is a setting, tells each object once, and opens no hidden view', async () => {
  const { followEditor } = await loaded;
  const revealed: string[] = [];
  const views = {
    isVisible: false,
    reveal: (id: string, how: string) => Promise.resolve(revealed.push(`${how} ${id}`) > 0),
  };
  const end = followEditor(views, { objectAt: (_: unknown, { line }: { line: number }) => `bench|k/${line}` });
  const editor = new FakeEditor(fakeDocument(uri, text));
  vscode.activeEditor = editor;
  const move = (line: number): void => {
    editor.selection.active = { line, character: 0 };
    vscode.selectionChanged.fire(undefined);
  };
  const moves = (...lines: readonly number[]): string[] => {
    lines.forEach(move);
    return revealed.splice(0);
  };
  vscode.settings.set('fluxwright.followEditor', true);
  assert.deepEqual(moves(1, 2), [], 'no view is visible');
  views.isVisible = true;
  vscode.settings.set('fluxwright.followEditor', false);
  assert.deepEqual(moves(1, 2), [], 'the setting is off');
  vscode.settings.set('fluxwright.followEditor', true);
  assert.deepEqual(moves(1, 1, 2), ['follow bench|k/1', 'follow bench|k/2']);
  end.dispose();
  assert.deepEqual(moves(3), []);
});

test('a view that is hidden is revealed only where the user asked for it', async () => {
  const { LiveViews } = await loaded;
  const store = new StatusStore(new FakeClock());
  feed(store, [apps('Ready True ReconciliationSucceeded x'), fullObject({ is: 'GitRepository f/own' })]);
  vscode.trees.length = 0;
  const clusters = { store, lastKnown: undefined, isTrusted: true, look: () => Promise.resolve(() => undefined) };
  const memory = { get: () => undefined };
  const asked: string[] = [];
  const mayOne = (_: string, verb: string, { name }: { readonly name: string }): boolean => {
    asked.push(`${verb} ${name}`);
    return true;
  };
  const rights = { may: () => true, mayOne };
  const views = new LiveViews(clusters as never, {} as never, memory as never, rights, new Slices());
  const [objects, sources] = vscode.trees;
  assert.ok(objects && sources);
  const id = 'bench|kustomize.toolkit.fluxcd.io/Kustomization/f/apps';
  sources.visible = true;
  assert.equal(await views.reveal(id, 'follow'), false);
  assert.deepEqual(objects.revealed, []);
  objects.visible = true;
  assert.equal(await views.reveal(id, 'follow'), true);
  objects.visible = false;
  assert.equal(await views.reveal(id, 'open'), true);
  assert.equal(objects.revealed.length, 2);
  // Whoever selects a row looks at its object: what the login may do with it is asked for by its name.
  objects.select(...objects.revealed.slice(0, 1));
  assert.deepEqual(asked, ['patch apps']);
  // Work on an object shows as the progress of the view that has its row.
  assert.equal(await views.reveal('bench|source.toolkit.fluxcd.io/GitRepository/f/own', 'open'), true);
  const shownIn = vscode.trees.map(({ revealed }) => revealed.map((path) => views.viewOf(path)).at(-1));
  assert.deepEqual(shownIn, ['fluxwright.objects', 'fluxwright.sources', undefined]);
  views.dispose();
  store.dispose();
});

test('the graph is told of each change, with the state that a row has; what is not heard of has one of its own', async () => {
  const { GraphStates } = await loaded;
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const bound: ClusterContexts = { contextOf: (_, cluster) => (cluster === 'clusters/home' ? 'bench' : undefined) };
  const states = new GraphStates(store, bound);
  let told = 0;
  states.onDidChange(() => told++);
  const address = (cluster: string): string => `${cluster}||kustomize.toolkit.fluxcd.io/Kustomization/f/apps`;
  const said = () => {
    clock.advance(200);
    const found = states.of('file:///r', address('clusters/home'));
    return found && `${found.phase}: ${found.text}`;
  };
  assert.equal(said(), undefined);
  feed(store, [apps('Ready True ReconciliationSucceeded x')]);
  assert.equal(said(), 'ready: bench: ready');
  store.put(scopeOf('Kustomization'), apps('Ready False BuildFailed no'));
  assert.equal(said(), 'failed: bench: failed · BuildFailed');
  store.setState(scopeOf('Kustomization'), { name: 'disconnected', since: 1, message: 'lost' });
  assert.match(said() ?? '', /^disconnected: /);
  assert.equal(told, 3);
  assert.equal(states.of('file:///r', address('clusters/other')), undefined, 'nobody bound it');
  states.dispose();
});

test('lines above an object offer what the login may do', async () => {
  let isAllowed = false;
  const { view, pass, told } = await openView(() => isAllowed);
  vscode.visibleEditors = [new FakeEditor(fakeDocument(uri, text))];
  for (let at = 0; at < 3; at++) await pass(1_000);
  const commands = (): string[] =>
    view
      .provideCodeLenses(vscode.visibleEditors[0]?.document as never)
      .map(({ command }) => (command as { command: string }).command);
  assert.deepEqual(commands(), ['fluxwright.revealObject']);
  isAllowed = true;
  const before = told();
  view.rightsChanged();
  await pass(1_000);
  assert.equal(told(), before + 1);
  assert.deepEqual(commands(), ['fluxwright.revealObject', 'fluxwright.reconcile', 'fluxwright.suspend']);
  view.dispose();
});
