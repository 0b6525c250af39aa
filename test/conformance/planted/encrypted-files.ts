import { type FilePath } from '../../../server/model/file-path';
import { type Edit, unmarked } from './edit';
import { type PlantedTree } from './tree';

/** A YAML file that SOPS wrote, with one document. */
export interface EncryptedFile {
  readonly path: FilePath;
  readonly text: string;
  readonly isSecret: boolean;
}

const value = /ENC\[AES256_GCM,data:[^\]]*\]/g;

/** Encrypted files of a tree, those of archives left out. */
export function encryptedFiles({ texts }: PlantedTree): EncryptedFile[] {
  return [...texts].flatMap(([path, text]): EncryptedFile[] => {
    if (!/\.ya?ml$/.test(path) || !/^sops:$/m.test(text) || path.startsWith('.')) return [];
    const start = text.indexOf('\nsops:\n');
    // One document, in which something is encrypted.
    if (/^---$/m.test(text.slice(4)) || !text.slice(0, start).includes('ENC[')) return [];
    return [{ path, text, isSecret: /^kind: Secret$/m.test(text) && /^(data|stringData):$/m.test(text) }];
  });
}

/** The text without its stanza, every value as somebody would type it. */
export function decryptedText({ text }: EncryptedFile): string {
  const plain = text.replace(/^sops:\n(?:[ \t].*\n?)*/m, '');
  // Old Secrets have base64 under `data`.
  return plain.replace(value, /^data:$/m.test(plain) ? 'Y29ycmVjdCBob3JzZQ==' : 'correct horse');
}

/** A file that comes, with the part of its text between `«` and `»` as the place of the mistake. */
export function newFile(file: FilePath, marked: string): Edit {
  const mark = [marked.indexOf('«'), marked.indexOf('»') - 1] as const;
  return { file, start: 0, end: 0, text: marked.replace(/[«»]/g, ''), mark };
}

/** Replaces the first match, or its first group; the mark covers what stands there then. */
export function change(
  { path, text }: Pick<EncryptedFile, 'path' | 'text'>,
  pattern: RegExp,
  make: (found: string) => string,
): Edit | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const found = match[1] ?? match[0];
  const start = match.index + match[0].indexOf(found);
  const made = make(found);
  return { file: path, start, end: start + found.length, text: made, mark: [0, made.length] };
}

/** Takes out a whole line; nothing of it is left to mark. */
export function withoutLine(file: Pick<EncryptedFile, 'path' | 'text'>, pattern: RegExp): Edit | undefined {
  const edit = change(file, pattern, () => '');
  return edit && unmarked(edit);
}

/** The key of the stanza. */
export function stanzaMark({ path, text }: Pick<EncryptedFile, 'path' | 'text'>) {
  const start = text.search(/^sops:$/m);
  return { file: path, start, end: start + 'sops'.length };
}
