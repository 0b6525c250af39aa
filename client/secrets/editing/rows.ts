import { type Path } from '../../../server/model/json';
import { type ValueAddress } from '../fault';
import { type OpenedFile } from '../operations/opened-file';
import { type OpenComment, type OpenValue } from '../values/decrypt-tree';
import { type PlainType } from '../values/plain-value';
import { type TreeComment, type TreeEntry, type TreeLeaf, type TreeNode } from '../values/tree';
import { declaredIn, isKubernetesSecret } from './declared';

/** One line of an opened file, in the order of its text: a document, a key with what stands below it, a value, a comment. */
export interface SecretRow {
  /** The same for the same place of the same state; names no value. */
  readonly id: string;
  readonly kind: 'document' | 'map' | 'list' | 'value' | 'null' | 'comment';
  readonly at: ValueAddress;
  readonly depth: number;
  /** The key or position; of a document what it declares, of a comment in clear its text. */
  readonly label: string;
  readonly type?: PlainType;
  readonly isEncrypted: boolean;
  readonly isEmpty: boolean;
  /** It stands below `data` of a Kubernetes Secret. */
  readonly isBase64: boolean;
  /** What is shown when somebody asks for it; absent where there is nothing to show. */
  readonly content?: OpenValue | OpenComment;
}

/** All rows of a file. Values are in `content` alone. */
export function rowsOf(opened: OpenedFile): readonly SecretRow[] {
  return opened.file.documents.flatMap(({ root }, document) => new DocumentRows(opened, document).of(root));
}

type Item = TreeEntry | TreeNode | TreeComment;

class DocumentRows {
  private readonly rows: SecretRow[] = [];
  private readonly values: ReadonlyMap<TreeLeaf, OpenValue>;
  private readonly comments: ReadonlyMap<TreeComment, OpenComment>;
  private readonly isSecret: boolean;

  constructor(
    private readonly opened: OpenedFile,
    private readonly document: number,
  ) {
    this.values = new Map(opened.tree.values.map((value) => [value.leaf, value]));
    this.comments = new Map(opened.tree.comments.map((comment) => [comment.comment, comment]));
    this.isSecret = isKubernetesSecret(opened, document);
  }

  of(root: TreeNode): readonly SecretRow[] {
    this.push('document', [], declaredIn(this.opened, this.document) ?? '');
    if (root.kind === 'map') this.items(root.items, []);
    return this.rows;
  }

  private items(items: readonly Item[], steps: Path): void {
    let position = 0;
    for (const item of items) {
      if (item.kind === 'comment') this.comment(item, steps);
      else if (item.kind === 'entry') this.node(item.value, [...steps, item.key]);
      else this.node(item, [...steps, position++]);
    }
  }

  private node(node: TreeNode, steps: Path): void {
    const last = steps.at(-1);
    const label = typeof last === 'number' ? `[${last}]` : (last ?? '');
    if (node.kind === 'leaf') {
      const content = this.values.get(node);
      // A comment that an old version of SOPS wrote as a value.
      if (content === undefined) return;
      const isBase64 = this.isSecret && steps.length === 2 && steps[0] === 'data' && content.value.type === 'str';
      this.push('value', steps, label, {
        type: content.value.type,
        isEncrypted: content.isEncrypted,
        isEmpty: content.value.bytes.length === 0,
        isBase64,
        content,
      });
      return;
    }
    this.push(node.kind, steps, label);
    if (node.kind !== 'null') this.items(node.items, steps);
  }

  private comment(comment: TreeComment, steps: Path): void {
    const content = this.comments.get(comment);
    if (content === undefined) return;
    const isEncrypted = content.encryptedAt !== undefined;
    this.push('comment', steps, isEncrypted ? '' : content.text, { isEncrypted, content });
  }

  private push(kind: SecretRow['kind'], steps: Path, label: string, more: Partial<SecretRow> = {}): void {
    const at = { document: this.document, steps };
    // A comment has the address of what it stands in, so its place among the rows tells it apart.
    const id = JSON.stringify(
      kind === 'comment' ? [this.document, this.rows.length, 'comment'] : [this.document, steps],
    );
    const depth = kind === 'document' ? 0 : steps.length + (kind === 'comment' ? 1 : 0);
    this.rows.push({ id, kind, at, depth, label, isEncrypted: false, isEmpty: false, isBase64: false, ...more });
  }
}
