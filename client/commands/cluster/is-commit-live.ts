import * as vscode from 'vscode';
import { type CommitQuestion, type CommitStatus } from '../../status/commit-status';
import { awaitCommit } from '../../status/commit-watch';
import { commitGraph, commitNamed, reachOfCommit } from '../../views/live/repository-history';
import { rootOfUri } from '../../language/root-of-uri';
import { type Command, type CommandContext } from '../command';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';

/** Says where the commit that is checked out is on its way, and tells when it is live or the first object fails. */
export const isCommitLive: Command['run'] = async (context, argument) => {
  const { server, live } = context;
  const { clusters, contexts } = await live();
  if (!clusters.isTrusted) return say(writeTexts.untrusted);
  const root = chooseRoot([...server.status().clusters.keys()]);
  if (root === undefined) return say('No repository with a cluster is open.');
  const name = typeof argument === 'string' ? argument : 'HEAD';
  const commit = await commitNamed(server, root, name);
  if (commit === undefined) return say(`Git knows no commit ${noticeText(name)} here.`);
  const reach = await reachOfCommit(server, contexts, root, commit);
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
      return awaitCommit(clusters.store, commitGraph(server, root), question, report, controller.signal);
    });
    if (status !== undefined) void tell(status, `${title}: ${words[status.state]}. ${status.text}`);
  } finally {
    end();
    awaited.delete(key);
  }
}

const words: Readonly<Record<CommitStatus['state'], string>> = {
  live: 'live',
  'applied-unchecked': 'applied, not health-checked',
  failed: 'failed',
  'not-on-synced-ref': 'not on the synced ref',
  'not-fetched': 'not fetched yet',
  fetched: 'fetched, not applied yet',
  unknown: 'not known',
};

async function tell({ state, object }: CommitStatus, text: string): Promise<void> {
  const said = noticeText(text, 500);
  const show = object === undefined ? [] : ['Show Object'];
  const chosen = await (state === 'failed' || state === 'not-on-synced-ref'
    ? vscode.window.showWarningMessage(said, ...show)
    : vscode.window.showInformationMessage(said, ...show));
  if (chosen !== undefined) await vscode.commands.executeCommand('fluxwright.revealObject', object);
}

/** The repository of the active editor, else the only one, else the first. */
function chooseRoot(roots: readonly string[]): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  return (uri === undefined ? undefined : rootOfUri(uri, roots)) ?? roots[0];
}

function say(text: string): void {
  void vscode.window.showInformationMessage(text);
}
