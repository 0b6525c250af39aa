import * as vscode from 'vscode';
import { type AddressText } from '../../server/protocol/place';
import { type Phase } from '../../webview/protocol';

/** State of one object in the connected cluster, and what is said of it in one or two sentences. */
export interface LiveState {
  readonly phase: Phase;
  readonly text: string;
}

/** Where views that show declared objects get their live states from. */
export interface LiveStates {
  /** Undefined for what is in no connected cluster. @param root URI of the repository's folder */
  of(root: string, address: AddressText): LiveState | undefined;
  /** Fires after states changed. */
  readonly onDidChange: vscode.Event<void>;
}

/** Live states of what is loaded later: none before, and told as a change then. */
export class LaterStates implements LiveStates {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private states: LiveStates | undefined;

  of(root: string, address: AddressText): LiveState | undefined {
    return this.states?.of(root, address);
  }

  /** Takes over what is loaded now. */
  become(states: LiveStates): void {
    this.states = states;
    states.onDidChange(() => this.changed.fire());
    this.changed.fire();
  }
}
