import { type CompletionItem, type CompletionItemKind, type Range } from 'vscode-languageserver-types';
import { stripMarkdown } from '../markdown';

/** What the client does with completion items. */
export interface CompletionSupport {
  readonly snippets: boolean;
  /** Inserted lines stay as they are, so text of several lines may be inserted with its own indentation. */
  readonly keepsIndentation: boolean;
  readonly markdown: boolean;
}

/** One offer before it takes the form the client understands. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly text: string;
  /** `text` is a snippet. */
  readonly isSnippet?: boolean;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly deprecated?: boolean;
  /** Smaller comes first; equal ones by label. */
  readonly rank?: number;
  readonly filter?: string;
}

/** The offers as LSP items that replace `range`. */
export function toItems(offers: readonly Offer[], range: Range, support: CompletionSupport): CompletionItem[] {
  return offers.map((offer, index) => {
    const { label, kind, text, isSnippet = false, detail, documentation, rank = 5 } = offer;
    const item: CompletionItem = {
      label,
      kind,
      textEdit: { range, newText: text },
      // Own order: semantic offers first, then as the schema has them.
      sortText: `${rank}${index.toString().padStart(4, '0')}`,
      filterText: offer.filter ?? label,
    };
    if (isSnippet && support.snippets) item.insertTextFormat = 2;
    if (support.keepsIndentation) item.insertTextMode = 1;
    if (detail !== undefined) item.detail = detail;
    if (documentation !== undefined && documentation !== '')
      item.documentation = support.markdown ? { kind: 'markdown', value: documentation } : stripMarkdown(documentation);
    if (offer.deprecated === true) item.tags = [1];
    return item;
  });
}
