import type * as vscode from 'vscode';
import { type AddressText } from '../../server/protocol/place';
import { type Phase } from '../../webview/protocol';

/** State of one object in the connected cluster, and what is said of it in one or two sentences. */
export interface LiveState {
  readonly phase: Phase;
  readonly text: string;
}

/** Where views that show declared objects get their live states from. */
export interface LiveStates {
  /** Undefined for what is in no connected cluster. */
  of(address: AddressText): LiveState | undefined;
  /** Fires after states changed, with their addresses where they are known. */
  readonly onDidChange: vscode.Event<ReadonlySet<AddressText> | undefined>;
}
