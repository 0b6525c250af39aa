import { printable } from './shape';

// Pixels at a size of 12: what fonts of the editor need at most. Names are mostly of the last kind.
const widths: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[\u1100-\uffdc]|[\u{10000}-\u{10ffff}]/u, 13],
  [/[mwMW@%…]/, 11.5],
  [/[A-Z]/, 8.5],
];
const usual = 7.2;

/** How wide a text is drawn at most. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of printable(text)) width += widthOf(character);
  return width;
}

/** The text, or as much of its beginning as fits, with an ellipsis. */
export function cutText(text: string, width: number): string {
  const whole = printable(text);
  if (textWidth(whole) <= width) return whole;
  let room = width - widthOf('…');
  let cut = '';
  for (const character of whole) {
    room -= widthOf(character);
    if (room < 0) break;
    cut += character;
  }
  return `${cut}…`;
}

function widthOf(character: string): number {
  return widths.find(([characters]) => characters.test(character))?.[1] ?? usual;
}
