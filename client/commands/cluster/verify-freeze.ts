import * as vscode from 'vscode';
import { describe, parseResourceKey } from '../../../server/model/resource-id';
import { heldNow, heldSummary, heldText, type Held, type HeldObject } from '../../status/freeze/held';
import { type UndoList } from '../../status/freeze/undo';
import { parseLiveId } from '../../status/live/live-id';
import type { Live } from '../../views/live/live';
import { type Command } from '../command';
import { runCancellable } from '../object-action/cancellable';
import { noticeText } from '../object-action/notice-text';
import { writeTexts } from '../object-action/write-guard';
import { chooseList, isFreeze } from './undo';

/** Reads each object that a freeze suspended, and says which of them are still so. Writes nothing. */
export const verifyFreeze: Command['run'] = async (context, argument) => {
  const live = await context.live();
  const chosen = await chooseList(live, argument, 'Verify Which Freeze?', isFreeze);
  if (chosen !== undefined) await verify(live, chosen.context, chosen.list);
};

/** Shows whether what was suspended still is, as the server says now. */
export async function verify(live: Live, context: string, { steps, reason }: UndoList): Promise<void> {
  const requests = live.clusters.requests(context);
  if (requests === undefined) {
    await vscode.window.showWarningMessage(noticeText(writeTexts.notConnected(context)));
    return;
  }
  const ids = steps.flatMap(({ id }) => parseResourceKey(parseLiveId(id)?.key ?? '') ?? []);
  const title = noticeText(`Looking at ${ids.length} objects of ${context}`);
  const found = await runCancellable(title, 'palette', async (report, signal) => {
    const objects: HeldObject[] = [];
    for (const id of ids) {
      if (signal.aborted) return undefined;
      report(noticeText(`${objects.length + 1} of ${ids.length}: ${describe(id)}`));
      const { value, failure } = await requests.get(id, undefined, signal);
      objects.push({ label: describe(id), held: value === undefined ? absence(failure) : heldNow(value) });
    }
    return objects;
  });
  if (found === undefined) return;
  const uri = live.documents.put([context], `Freeze ${context}.verified`, heldText(context, reason, found));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  const text = noticeText(`${heldSummary(found)} in ${context}.`);
  const holds = found.every(({ held }) => held.name === 'suspended');
  void (holds ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
}

const absence = ({ name, message }: { readonly name: string; readonly message: string }): Held =>
  name === 'absent' ? { name: 'gone' } : { name: 'unread', why: message };
