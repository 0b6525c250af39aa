import * as vscode from 'vscode';
import { formatAddress } from '../../../server/model/object-address';
import { parseResourceKey, resourceKey, type ResourceKey } from '../../../server/model/resource-id';
import { graphRequest, locateRequest, renderedRequest } from '../../../server/protocol/messages';
import { boundClusters, type BoundCluster } from '../../status/binding/bound-clusters';
import { commitOf, isCommit, revertCommands, wayBackText, type WayBack } from '../../status/freeze/way-back-text';
import { liveItems, liveText } from '../../status/live/live-value';
import { type LiveObject } from '../../status/object-sink';
import { rootsOf } from '../../status/deletion/protected';
import type { Live } from '../../views/live/live';
import { type Command, type CommandContext } from '../command';
import { runCancellable } from '../object-action/cancellable';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';
import { chooseContext } from './choose-context';

/**
 * Prepares the way back to a commit that was well: a commit that takes back what came after it, or a source pinned in
 * Git. Shows first what would be rendered then. Nothing is written to the cluster, and no command of git is run.
 */
export const wayBack: Command['run'] = async (context, argument) => {
  const live = await context.live();
  const where = await chooseContext(live, argument, 'Way Back for Which Context?');
  if (where === undefined) return;
  const requests = live.clusters.requests(where);
  if (requests === undefined) {
    await vscode.window.showWarningMessage(noticeText(writeTexts.notConnected(where)));
    return;
  }
  const root = rootsOf(live.clusters.store, where)[0];
  const sourceKey = root?.sources[0];
  const sourceId = sourceKey === undefined ? undefined : parseResourceKey(sourceKey);
  if (root === undefined || sourceId?.kind !== 'GitRepository') {
    await vscode.window.showInformationMessage(`Nothing in ${where} is a root sync that takes its content from Git.`);
    return;
  }
  const read = await runCancellable(noticeText(`Reading the history of ${where}`), 'palette', async (_, signal) => ({
    sync: (await requests.get(root.id, undefined, signal)).value,
    source: (await requests.get(sourceId, undefined, signal)).value,
  }));
  const bad = commitOf(root.revisions.attempted ?? root.revisions.applied ?? '');
  if (bad === undefined) {
    await vscode.window.showInformationMessage(`What is applied in ${where} names no commit of Git.`);
    return;
  }
  const good = await chooseCommit(read.sync, bad);
  if (good === undefined) return;
  const bound = boundClusters(live.memory).find(
    ({ what, binding }) => what.kind === 'cluster' && binding.context === where,
  );
  const way: WayBack = {
    cluster: where,
    source: `${sourceId.namespace}/${sourceId.name}`,
    good,
    bad,
    branch: liveText(read.source, 'spec', 'ref', 'branch') ?? '',
  };
  if (bound !== undefined) await showEffect(context, live, where, bound, way);
  const uri = live.documents.put([where], `Way back ${good.slice(0, 8)}.txt`, wayBackText(way));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  await offer(context, bound, way, resourceKey(sourceId));
};

/** A commit that was applied before, or one that is typed. */
async function chooseCommit(sync: LiveObject | undefined, bad: string): Promise<string | undefined> {
  const items = liveItems(sync, 'status', 'history').flatMap((entry) => {
    const commit = commitOf(liveText(entry, 'metadata', 'revision') ?? '');
    if (commit === undefined || commit === bad) return [];
    const facts = [liveText(entry, 'lastReconciledStatus'), liveText(entry, 'lastReconciled')];
    return [{ label: commit.slice(0, 12), description: facts.filter(Boolean).join(' · '), commit }];
  });
  const other = { label: 'Another Commit…', description: '', commit: '' };
  const title = 'Which Commit Was Well?';
  const chosen = await vscode.window.showQuickPick([...items, other], { title });
  if (chosen === undefined || chosen.commit !== '') return chosen?.commit;
  return vscode.window
    .showInputBox({
      title,
      prompt: 'Full or short name of the commit',
      ignoreFocusOut: true,
      validateInput: (text) => (isCommit(text.trim()) ? undefined : 'At least seven digits of a commit.'),
    })
    .then((text) => text?.trim());
}

/** What all Kustomizations of the cluster render at the commit that is applied, and at the one that was well. */
async function showEffect(
  { server }: CommandContext,
  live: Live,
  where: string,
  { what }: BoundCluster,
  { good, bad }: WayBack,
): Promise<void> {
  if (what.kind !== 'cluster') return;
  const { root, path } = what;
  const texts = await runCancellable(
    noticeText(`Rendering ${good.slice(0, 8)} for ${where}`),
    'palette',
    async (report, signal) => {
      const graph = await server.ask(graphRequest, { root });
      const order =
        graph?.available === true ? (graph.clusters.find(({ cluster }) => cluster === path)?.order ?? []) : [];
      const render = async (ref: string): Promise<string> => {
        const parts: string[] = [];
        for (const owner of order) {
          if (signal.aborted) break;
          report(noticeText(`${ref.slice(0, 8)}: ${owner}`));
          const answer = await server.ask(renderedRequest, {
            root,
            address: formatAddress({ cluster: path, owner, object: '' }),
            ref,
          });
          const text = answer?.available === true ? answer.text : `# ${answer?.message ?? 'not rendered'}\n`;
          parts.push(`# ${owner === '' ? path : owner}\n${text}`);
        }
        return parts.join('---\n');
      };
      return { now: await render(bad), then: await render(good), isCut: signal.aborted };
    },
  );
  if (texts.isCut) return;
  const left = live.documents.put([where, bad], `${where}.yaml`, texts.now);
  const right = live.documents.put([where, good], `${where}.yaml`, texts.then);
  const title = noticeText(`${where}: ${bad.slice(0, 8)} ↔ ${good.slice(0, 8)}`);
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: false });
}

async function offer(
  { server }: CommandContext,
  bound: BoundCluster | undefined,
  way: WayBack,
  source: ResourceKey,
): Promise<void> {
  const commands = revertCommands(way);
  const [terminal, open] = ['Put Revert into Terminal', 'Open Source File'];
  const root = bound?.what.kind === 'cluster' ? bound.what.root : undefined;
  const isLocal = root !== undefined && vscode.Uri.parse(root).scheme === 'file';
  const actions = [...(isLocal && commands.length > 0 ? [terminal] : []), ...(root === undefined ? [] : [open])];
  const text = `The way back to ${way.good.slice(0, 8)} is prepared. Nothing was changed.`;
  const chosen = await vscode.window.showInformationMessage(text, ...actions);
  if (chosen === terminal && root !== undefined) {
    const shell = vscode.window.createTerminal({ name: 'Flux: way back', cwd: vscode.Uri.parse(root, true) });
    shell.show();
    // Not run: the user reads it and presses Enter.
    shell.sendText(commands.join(' && '), false);
  } else if (chosen === open && root !== undefined && bound?.what.kind === 'cluster') {
    await openSource(server, root, bound.what.path, source);
  }
}

async function openSource(
  server: CommandContext['server'],
  root: string,
  cluster: string,
  source: ResourceKey,
): Promise<void> {
  const graph = await server.ask(graphRequest, { root });
  const nodes = graph?.available === true ? (graph.clusters.find((one) => one.cluster === cluster)?.nodes ?? []) : [];
  const address = nodes.find((node) => node.address.endsWith(`|${source}`))?.address;
  const answer =
    address === undefined ? undefined : await server.ask(locateRequest, { root, address, path: ['spec', 'ref'] });
  const place = answer?.available === true ? answer.places[0] : undefined;
  if (place === undefined) {
    await vscode.window.showInformationMessage('No file of the repository declares the source.');
    return;
  }
  const { start } = place.range;
  await vscode.window.showTextDocument(vscode.Uri.parse(place.uri, true), {
    selection: new vscode.Range(start.line, start.character, start.line, start.character),
  });
}
