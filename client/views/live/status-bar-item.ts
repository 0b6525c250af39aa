import * as vscode from 'vscode';
import { type LiveView } from '../../status/relations/live-view';
import { boundedText } from '../../status/live/bounded-text';
import { statusBarText } from '../../status/tree/status-bar';
import { type StatusChange } from '../../status/store/change-batch';

/** How many objects fail, in the status bar; hidden while no context is known. */
export class LiveStatusBarItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('fluxwright.live', vscode.StatusBarAlignment.Left, 10);
  private readonly end: () => void;
  private shown = '';

  constructor(private readonly view: LiveView & { onChange(listener: (change: StatusChange) => void): () => void }) {
    this.item.name = 'Flux objects';
    this.item.command = 'fluxwright.objects.focus';
    this.end = view.onChange(() => this.show());
    this.show();
  }

  dispose(): void {
    this.end();
    this.item.dispose();
  }

  private show(): void {
    const said = statusBarText(this.view);
    const shown = JSON.stringify(said ?? '');
    // Each assignment is a message to the window.
    if (shown === this.shown) return;
    this.shown = shown;
    if (said === undefined) return this.item.hide();
    const text = `$(${said.icon}) Flux: ${said.text}`;
    this.item.text = text;
    this.item.tooltip = boundedText(said.lines.join('\n'), 1_000);
    this.item.backgroundColor = said.isError ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.accessibilityInformation = { label: `Flux: ${said.text}` };
    this.item.show();
  }
}
