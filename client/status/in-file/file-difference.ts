import { createHash } from 'node:crypto';

/**
 * What a text in an editor is to a revision. `unsaved`, `uncommitted`: nobody else has it yet. `other-commit`: the text is
 * that of HEAD, and the revision has another. `unknown`: Git here does not know the revision.
 */
export type FileDifference = 'same' | 'unsaved' | 'uncommitted' | 'other-commit' | 'unknown';

/** What Git says of one file; see `fluxwright/history`. */
export interface FileContents {
  /** Identity of the file's content in a commit: empty for none, undefined where Git cannot tell. */
  blob(commit: string): Promise<string | undefined>;
  /** The commit that is checked out. */
  head(): Promise<string | undefined>;
}

/** Compares the text of an editor with the file at a commit. */
export async function differenceOf(
  { text, isDirty }: { readonly text: string; readonly isDirty: boolean },
  commit: string | undefined,
  contents: FileContents,
): Promise<FileDifference> {
  const applied = commit === undefined ? undefined : await contents.blob(commit);
  if (applied === undefined) return 'unknown';
  if (isContent(text, applied)) return 'same';
  if (isDirty) return 'unsaved';
  const head = await contents.head();
  const committed = head === undefined ? undefined : await contents.blob(head);
  return committed !== undefined && isContent(text, committed) ? 'other-commit' : 'uncommitted';
}

/** Whether a blob of Git holds the text, be it with other line ends or with the mark of byte order that editors hide. */
export function isContent(text: string, blob: string): boolean {
  if (blob === '') return false;
  const unix = text.replace(/\r\n/g, '\n');
  const variants = text === unix ? [text] : [text, unix];
  return variants.some((variant) => [variant, `\ufeff${variant}`].some((whole) => blobOf(whole, blob.length) === blob));
}

/** As `git hash-object` names a content (gitformat-pack(5)); a name of 64 digits is one of SHA-256. */
function blobOf(text: string, digits: number): string {
  const bytes = Buffer.from(text, 'utf8');
  const hash = createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
