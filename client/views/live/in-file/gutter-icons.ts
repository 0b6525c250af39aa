import * as vscode from 'vscode';
import { type Range } from '../../../../server/model/text';
import { type Mark, type MarkTone } from '../../../status/in-file/in-file-texts';
import { phaseShapes } from '../../../../webview/phase-shapes';
import { editorRange } from './in-file-decorations';

// Icons of the gutter know no colors of the theme, so there is one for each kind of theme, both of 3 to 1 at least.
const strokes: Readonly<Record<'dark' | 'light', Readonly<Record<MarkTone, string>>>> = {
  dark: { good: '#73c991', bad: '#f48771', warning: '#e2b93d', plain: '#c5c5c5' },
  light: { good: '#1b7f37', bad: '#c42b1c', warning: '#8a6100', plain: '#5a5a5a' },
};

/** The icon beside a line: the shape of the state, in a color for how well it is. */
export function gutterIcon({ state, tone }: Pick<Mark, 'state' | 'tone'>, theme: 'dark' | 'light'): string {
  const path = `<path d="${phaseShapes[state]}" fill="none" stroke="${strokes[theme][tone]}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${path}</svg>`;
}

/** Icons in the gutter beside the names of objects. An editor is told only of those kinds of icons that changed in it. */
export class GutterIcons implements vscode.Disposable {
  /** Made with the first line that shows one. */
  private readonly types = new Map<string, vscode.TextEditorDecorationType>();
  private readonly drawn = new WeakMap<vscode.TextEditor, ReadonlyMap<string, string>>();

  /** Sets the icons of an editor; those of before that are not among them go. */
  draw(editor: vscode.TextEditor, marks: readonly { readonly range: Range; readonly mark: Mark }[]): void {
    const ranges = new Map<string, vscode.Range[]>();
    for (const { range, mark } of marks) {
      const key = this.typeOf(mark);
      ranges.set(key, [...(ranges.get(key) ?? []), editorRange({ start: range.start, end: range.start })]);
    }
    const before = this.drawn.get(editor) ?? new Map<string, string>();
    const now = new Map([...ranges].map(([key, of]) => [key, JSON.stringify(of)]));
    for (const key of new Set([...before.keys(), ...now.keys()])) {
      const type = this.types.get(key);
      if (type !== undefined && before.get(key) !== now.get(key)) editor.setDecorations(type, ranges.get(key) ?? []);
    }
    this.drawn.set(editor, now);
  }

  dispose(): void {
    for (const type of this.types.values()) type.dispose();
    this.types.clear();
  }

  private typeOf(mark: Mark): string {
    const key = `${mark.state} ${mark.tone}`;
    if (!this.types.has(key)) {
      const icon = (theme: 'dark' | 'light') => ({ gutterIconPath: dataUri(gutterIcon(mark, theme)) });
      const look = { dark: icon('dark'), light: icon('light'), gutterIconSize: 'contain' };
      this.types.set(key, vscode.window.createTextEditorDecorationType(look));
    }
    return key;
  }
}

const dataUri = (svg: string): vscode.Uri =>
  vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
