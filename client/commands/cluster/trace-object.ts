import * as vscode from 'vscode';
import { describe, resourceKey } from '../../../server/model/resource-id';
import type { Outcome, Requests } from '../../kube/kube';
import { boundedText, firstLine } from '../../status/live/bounded-text';
import { trace } from '../../status/trace/trace';
import { type TraceBlock } from '../../status/trace/trace-block';
import { traceText } from '../../status/trace/trace-text';
import { declarationsOf, distinctPlaces, type Declaration } from '../../views/live/declarations';
import { type Command, type CommandContext } from '../command';
import { type ChosenTarget } from '../object-action/choose-target';
import { readObject, showText } from './read-object';

/** From an object over its applier and source to the lines that declare them. */
export const traceObject: Command['run'] = (context, argument) =>
  readObject(context, argument, {
    verb: 'Trace',
    capability: 'favorite',
    doing: 'Tracing',
    read: ({ target }, requests, _, signal) => traceOf(requests, target.id, signal),
    show: showTrace,
  });

async function traceOf(
  requests: Requests,
  id: Parameters<Requests['get']>[0],
  signal: AbortSignal,
): Promise<Outcome<readonly TraceBlock[]>> {
  const outcome = await requests.get(id, undefined, signal);
  if (outcome.failure !== undefined) return outcome;
  const blocks = await trace(outcome.value, async (one) => (await requests.get(one, undefined, signal)).value);
  if (signal.aborted) return { failure: { name: 'cancelled', message: 'Cancelled.' } };
  return typeof blocks === 'string' ? { failure: { name: 'absent', message: blocks } } : { value: blocks };
}

const roleOf = (index: number, group: string): string =>
  index === 0 ? 'object' : group === 'source.toolkit.fluxcd.io' ? 'source' : 'applied by';

interface TraceItem extends vscode.QuickPickItem {
  readonly declaration?: Declaration;
  readonly isText?: true;
}

async function showTrace(
  chosen: ChosenTarget,
  blocks: readonly TraceBlock[],
  { server }: CommandContext,
): Promise<void> {
  const items: TraceItem[] = [];
  const applier = blocks[1]?.id;
  for (const [index, { id, lines }] of blocks.entries()) {
    const revision = lines.find(([name]) => name === 'Revision')?.[1] ?? '';
    const message = lines.find(([name]) => name === 'Message')?.[1] ?? '';
    items.push({ label: roleOf(index, id.group), kind: vscode.QuickPickItemKind.Separator });
    const owner = index === 0 && applier !== undefined ? resourceKey(applier) : undefined;
    const own = await declarationsOf({ key: resourceKey(id), owner: undefined }, server);
    const found = own.length > 0 ? own : await declarationsOf({ key: resourceKey(id), owner }, server);
    const files = distinctPlaces(found).map((declaration): TraceItem => {
      const { uri, range } = declaration.place;
      const path = vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true));
      return { label: `$(go-to-file) ${path}:${range.start.line + 1}`, description: declaration.cluster, declaration };
    });
    const said = [revision, firstLine(message)].filter(Boolean).join(' · ');
    items.push({ label: boundedText(describe(id), 300), description: boundedText(said, 300), isText: true }, ...files);
  }
  const title = `Trace ${chosen.target.label} in ${chosen.target.context}`;
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: 'Choose a file to open it, or an object for the whole trace',
  });
  if (picked?.declaration !== undefined) {
    const { uri, range } = picked.declaration.place;
    const { start, end } = range;
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), {
      selection: new vscode.Range(start.line, start.character, end.line, end.character),
    });
  } else if (picked?.isText === true) {
    await showText(chosen, `${chosen.target.id.name}.trace`, traceText(blocks), 'plaintext');
  }
}
