import * as vscode from 'vscode';
import { type Range } from '../../../../server/model/text';
import { type Mark, type MarkTone } from '../../../status/in-file/in-file-texts';

const colors: Readonly<Record<MarkTone, string>> = {
  good: 'testing.iconPassed',
  bad: 'errorForeground',
  warning: 'editorWarning.foreground',
  plain: 'descriptionForeground',
};

/** A range of the server's as one of the editor. */
export function editorRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** What stands behind the name of an object. */
export function markDecoration(range: Range, { text, tone }: Mark): vscode.DecorationOptions {
  return behind(range, text, colors[tone]);
}

/** What stands behind a field to which a failure is laid. */
export function noteDecoration(range: Range, text: string): vscode.DecorationOptions {
  return behind({ start: range.start, end: lineOf(range) }, text, colors.bad);
}

function behind(range: Range, contentText: string, color: string): vscode.DecorationOptions {
  const after = { contentText, color: new vscode.ThemeColor(color), margin: '0 0 0 2em', fontStyle: 'italic' };
  return { range: editorRange(range), renderOptions: { after } };
}

// A list or a map is noted where it begins.
const lineOf = ({ start, end }: Range): Range['end'] =>
  end.line === start.line ? end : { line: start.line, character: Number.MAX_SAFE_INTEGER };
