import * as vscode from 'vscode';
import { machineClock } from '../../status/clock';
import { commitWords, type CommitQuestion, type CommitStatus } from '../../status/commit-status';
import { awaitCommit } from '../../status/commit-watch';
import { parseLiveId } from '../../status/live/live-id';
import { activeRoot } from '../../views/live/active-root';
import type { Live } from '../../views/live/live';
import { commitGraph, commitNamed, reachOfCommit } from '../../views/live/repository-history';
import { type Command, type CommandContext } from '../command';
import { openDeclaration } from '../open-file';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';

/** Says where the commit that is checked out is on its way, and tells when it is live or the first object fails. */
export const isCommitLive: Command['run'] = async (context, argument) => {
  const { server, live } = context;
  const { clusters, contexts } = await live();
  if (!clusters.isTrusted) return say(writeTexts.untrusted);
  const root = activeRoot(server);
  if (root === undefined) return say('No repository with a cluster is open.');
  const name = typeof argument === 'string' ? argument : 'HEAD';
  const commit = await commitNamed(server, root, name);
  if (commit === undefined) return say(`Git knows no commit ${noticeText(name)} here.`);
  const reach = await reachOfCommit(server, contexts, clusters.store, root, commit);
  const short = commit.slice(0, 8);
  if (reach === undefined) return say(`What commit ${short} changes cannot be told now.`);
  const { questions, unbound } = reach;
  const [first] = unbound;
  if (questions.length === 0) {
    return say(
      first === undefined
        ? `Commit ${short} changes nothing that a cluster of this repository applies.`
        : `Commit ${short} changes cluster ${noticeText(first)}, which is bound to no context on this machine.`,
    );
  }
  await Promise.all(questions.map((question) => follow(context, root, short, question)));
};

async function follow(
  { server, live }: CommandContext,
  root: string,
  short: string,
  question: CommitQuestion,
): Promise<void> {
  const { clusters, awaited } = await live();
  const { context } = question;
  const key = `${root} ${question.commit} ${context}`;
  if (awaited.has(key)) {
    say(`Commit ${short} is awaited in ${noticeText(context)} already.`);
    return;
  }
  if (clusters.store.find(context) === undefined) {
    say(writeTexts.notConnected(noticeText(context)));
    return;
  }
  awaited.add(key);
  // The cluster is watched as long as somebody waits, be every view closed.
  const end = clusters.attend();
  try {
    const title = `Commit ${short} in ${noticeText(context)}`;
    const location = vscode.ProgressLocation.Notification;
    const status = await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const report = ({ text }: CommitStatus): void => progress.report({ message: noticeText(text) });
      const { signal } = controller;
      return awaitCommit(clusters.store, commitGraph(server, root), question, report, { signal, clock: machineClock });
    });
    if (status !== undefined)
      void tell(server, await live(), status, `${title}: ${commitWords[status.state]}. ${status.text}`);
  } finally {
    end();
    awaited.delete(key);
  }
}

async function tell(
  server: CommandContext['server'],
  live: Live,
  { state, object }: CommitStatus,
  text: string,
): Promise<void> {
  const said = noticeText(text, 500);
  const [show, open] = ['Show Object', 'Open Line'];
  const address = object === undefined ? undefined : parseLiveId(object);
  const actions = address === undefined ? [] : [show, open];
  const chosen = await (state === 'failed' || state === 'not-on-synced-ref'
    ? vscode.window.showWarningMessage(said, ...actions)
    : vscode.window.showInformationMessage(said, ...actions));
  if (chosen === show) await vscode.commands.executeCommand('fluxwright.revealObject', object);
  else if (chosen === open && address !== undefined)
    await openDeclaration(server, live, address.context, { key: address.key });
}

function say(text: string): void {
  void vscode.window.showInformationMessage(text);
}
