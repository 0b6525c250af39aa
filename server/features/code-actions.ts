import {
  type CodeAction,
  type Diagnostic,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';

/** A fix as it travels in `Diagnostic.data`; ranges are in the client's encoding. */
export interface CarriedFix {
  readonly title: string;
  readonly files: readonly {
    readonly uri: string;
    /** Version the ranges belong to; null for a file that is not open. */
    readonly version: number | null;
    readonly edits: readonly TextDocumentEdit['edits'][number][];
  }[];
}

/** Reads what `Diagnostic.data` carries; undefined for diagnostics of others or without a fix. */
export function carriedFix(diagnostic: Diagnostic): CarriedFix | undefined {
  if (diagnostic.source !== 'flux') return undefined;
  const data = diagnostic.data as { readonly fix?: CarriedFix } | null | undefined;
  return typeof data?.fix?.title === 'string' && Array.isArray(data.fix.files) ? data.fix : undefined;
}

/**
 * One quick fix for each diagnostic that carries one; the only fix at a place is the preferred one.
 * `documentChanges`: the client checks versions, so an edit made for an older text is refused and not misplaced.
 */
export function codeActions(
  diagnostics: readonly Diagnostic[],
  options: { readonly documentChanges: boolean },
): CodeAction[] {
  const fixable = diagnostics.flatMap((diagnostic) => {
    const fix = carriedFix(diagnostic);
    return fix === undefined ? [] : [{ diagnostic, fix }];
  });
  return fixable.map(({ diagnostic, fix }) => ({
    title: fix.title,
    kind: 'quickfix',
    diagnostics: [diagnostic],
    isPreferred: fixable.every(
      (other) => other.diagnostic === diagnostic || !isSamePlace(other.diagnostic, diagnostic),
    ),
    edit: toWorkspaceEdit(fix, options.documentChanges),
  }));
}

const isSamePlace = (a: Diagnostic, b: Diagnostic): boolean =>
  a.range.start.line === b.range.start.line && a.range.start.character === b.range.start.character;

function toWorkspaceEdit(fix: CarriedFix, documentChanges: boolean): WorkspaceEdit {
  if (documentChanges) {
    return {
      documentChanges: fix.files.map(({ uri, version, edits }) => ({
        textDocument: { uri, version },
        edits: [...edits],
      })),
    };
  }
  return { changes: Object.fromEntries(fix.files.map(({ uri, edits }) => [uri, edits.flatMap(plainEdit)])) };
}

const plainEdit = (edit: TextDocumentEdit['edits'][number]) => ('newText' in edit ? [edit] : []);
