import { staysBlock } from './scalar-style';

/**
 * What becomes of a folded text that no one touched: kustomize writes every object with go-yaml v3 and reads that
 * again, and the writer (emitterc.go, `write_folded_scalar`) looks at the start of the whole text where it should look
 * behind the line break. Lines deeper than the rest get an empty line above them, and others may lose one.
 */
export function refold(text: string): string {
  if (!text.includes('\n') || !staysBlock(text)) return text;
  const read = readFolded(writeFolded(text));
  if (text.endsWith('\n\n')) return read;
  const bare = read.replace(/\n+$/, '');
  return text.endsWith('\n') ? `${bare}\n` : bare;
}

/** The lines of the block below `>` as kustomize writes them (go-yaml v3), without its indentation. */
export function writeFolded(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let isAtBreak = true;
  let startsBlank = true;
  const startsWithContent = !/^\n*(?:[ \t]|$)/.test(text);
  for (const char of text) {
    if (char === '\n') {
      if (!isAtBreak && !startsBlank && startsWithContent) {
        lines.push(line);
        line = '';
      }
      lines.push(line);
      line = '';
      isAtBreak = true;
    } else {
      if (isAtBreak) startsBlank = char === ' ' || char === '\t';
      line += char;
      isAtBreak = false;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** The text of a folded block: single breaks between lines of the block's own depth are spaces. */
function readFolded(lines: readonly string[]): string {
  let text = '';
  let leadingBreak = '';
  let trailingBreaks = '';
  let wasBlank = false;
  for (const line of lines) {
    if (line === '') {
      trailingBreaks += '\n';
      continue;
    }
    const isBlank = line.startsWith(' ') || line.startsWith('\t');
    if (leadingBreak !== '' && !wasBlank && !isBlank) {
      if (trailingBreaks === '') text += ' ';
    } else {
      text += leadingBreak;
    }
    text += trailingBreaks + line;
    leadingBreak = '\n';
    trailingBreaks = '';
    wasBlank = isBlank;
  }
  return text + leadingBreak + trailingBreaks;
}
