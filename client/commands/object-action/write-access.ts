import * as vscode from 'vscode';
import { type ResourceId } from '../../../server/model/resource-id';
import type { Requests } from '../../kube/kube';
import { isNameTyped } from '../../status/binding/production';
import type { Live } from '../../views/live/live';
import { contextRules } from '../../views/live/settings';
import { mayAll } from './may-all';
import { noticeText } from './notice-text';
import { writeGuard, writeTexts } from './write-guard';

/** A write that is about to be made. */
export interface IntendedWrite {
  readonly context: string;
  /** All objects that are written to. */
  readonly ids: readonly ResourceId[];
  /** `Kustomization flux-system/apps`, or `12 objects`. */
  readonly object: string;
  /** `Suspend Kustomization flux-system/apps in staging`. */
  readonly doing: string;
  readonly verb?: 'patch' | 'delete';
}

/**
 * Whether the user wants and may make a write: refused in read-only contexts and where the server says no, and in
 * production contexts the name is typed first. The user is told why it is not made.
 */
export async function writeAccess({ clusters }: Live, write: IntendedWrite): Promise<Requests | undefined> {
  const { context, ids, object, doing, verb = 'patch' } = write;
  const guard = writeGuard(context, contextRules());
  if (guard === 'read-only') return warn(writeTexts.readOnly(context, object));
  const requests = clusters.requests(context);
  if (requests === undefined) return warn(writeTexts.notConnected(context));
  const allowed = await mayAll(requests, verb, ids);
  if (allowed.failure !== undefined) return warn(allowed.failure.message);
  if (!allowed.value) return warn(writeTexts.denied(context, object, verb));
  if (guard === 'type-name' && !(await isConfirmed(context, doing))) return undefined;
  return requests;
}

async function isConfirmed(context: string, doing: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title: doing,
    prompt: writeTexts.typeName(context, doing),
    placeHolder: context,
    ignoreFocusOut: true,
    validateInput: (text) => (isNameTyped(context, text) ? undefined : `Type ${context}.`),
  });
  return typed !== undefined && isNameTyped(context, typed);
}

async function warn(message: string): Promise<undefined> {
  await vscode.window.showWarningMessage(noticeText(message, 500));
  return undefined;
}
