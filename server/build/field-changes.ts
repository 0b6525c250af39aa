import { type FilePath } from '../model/file-path';
import { type Path } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { type YamlDocument } from '../yaml/document';
import { resolveAlias } from '../yaml/locate';
import { type YamlNode } from '../yaml/node';
import { keyText } from '../yaml/scalar';
import { type FieldChange as Change } from './build';
import { type Node } from './kustomize/node';
import { isAsWritten } from './kustomize/read/to-node';
import { type Origin, type Origins } from './kustomize/origin';

/** Reads the document of an input; undefined when it is gone. */
export type ReadDocument = (file: FilePath, document: number) => YamlDocument | undefined;

/** A value of a document: its node, or nothing for one that is not written, and where it starts or would start. */
interface Declared {
  readonly node: YamlNode | undefined;
  readonly start: number;
}

// Paths of all values of a document by the offset at which they start; a document has one object or a few.
const pathsOf = new WeakMap<YamlDocument, ReadonlyMap<number, Path>>();

/** Path of the value that starts at an offset of a document's text; undefined when none does. */
export function pathAtStart(document: YamlDocument, offset: number): Path | undefined {
  let paths = pathsOf.get(document);
  if (paths === undefined) {
    const found = new Map<number, Path>();
    const visit = ({ node, start }: Declared, path: Path): void => {
      found.set(start, path);
      for (const [step, child] of childrenOf(node)) visit(child, [...path, step]);
    };
    if (document.root !== undefined) visit({ node: document.root, start: document.root.start }, []);
    pathsOf.set(document, (paths = found));
  }
  return paths.get(offset);
}

/** Entries or items as declared; an alias is left alone, since what it names has its own place. */
function childrenOf(node: YamlNode | undefined): Map<string | number, Declared> {
  const children = new Map<string | number, Declared>();
  const add = (step: string | number, child: YamlNode | undefined, start: number): void => {
    if (!children.has(step)) children.set(step, { node: child, start: child?.start ?? start });
  };
  if (node?.kind === 'map') {
    for (const { key, value, colon } of node.entries) add(keyText(key), value, colon < 0 ? key.end : colon);
  } else if (node?.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) add(index, item, node.dashes[index] ?? node.start);
  }
  return children;
}

/** One of {@link childrenOf}, without the others: a `List` has thousands, and each is asked for. */
function childAt(node: YamlNode | undefined, step: string | number): Declared | undefined {
  if (node?.kind === 'map') {
    const entry = node.entries.find(({ key }) => keyText(key) === step);
    if (entry === undefined) return undefined;
    const { key, value, colon } = entry;
    return { node: value, start: value?.start ?? (colon < 0 ? key.end : colon) };
  }
  if (node?.kind !== 'sequence' || typeof step !== 'number' || step >= node.items.length) return undefined;
  const item = node.items[step];
  return { node: item, start: item?.start ?? node.dashes[step] ?? node.start };
}

/** Where an object is declared: its document, and its path in it. */
type Home = DocumentRef & { readonly at: Path };

/**
 * Where the fields of a rendered object come from, as far as that is not the same path of the document that declares
 * it: most specific first. Kept as paths, because offsets do not outlive an edit and paths mostly do.
 */
export class ChangeTracker {
  constructor(
    private readonly origins: Origins,
    private readonly read: ReadDocument,
    /** The path in the repository of a file as the build names it. */
    private readonly pathOf: (file: FilePath) => FilePath,
  ) {}

  /** @param file of the declaring document, as the build names it. */
  changesOf(root: Node, file: FilePath, declared: Home): Change[] {
    const document = this.read(file, declared.document);
    const changes: Change[] = [];
    let here: YamlNode | undefined = document?.root;
    let start = here?.start ?? 0;
    for (const step of declared.at) {
      const child = childAt(resolveAlias(here), step);
      here = child?.node;
      start = child?.start ?? 0;
    }
    this.#visit(root, [], { node: here, start }, declared, changes);
    return changes.sort((a, b) => b.path.length - a.path.length);
  }

  /**
   * @param path of the node from its object; the caller's, which changes as soon as it goes on
   * @param expected what the declaring document holds at the same path
   */
  #visit(node: Node, path: (string | number)[], expected: Declared | undefined, home: Home, changes: Change[]): void {
    const place = this.origins.placeOf(node.origin);
    const target = resolveAlias(expected?.node);
    const isHere = place?.document === home.document && this.pathOf(place.file) === home.file;
    // An alias stands where it is written; the anchor's own place is only where its text lies.
    const isUnmoved = isHere && (place.offset === expected?.start || place.offset === target?.start);
    if (isUnmoved && isAsWritten(node)) return;
    if (!isUnmoved) {
      const from = this.#placeOf(node.origin);
      const isSame = node.kind === 'scalar' && target?.kind === 'scalar' && node.text === target.text;
      const how = isSame ? 'same' : place === undefined ? 'made' : undefined;
      if (from !== undefined) changes.push({ path: [...path], from, ...(how !== undefined && { how }) });
      // What a transformer made has no parts of other origin worth naming one by one.
      if (place === undefined) return;
    }
    const known = isUnmoved && expected !== undefined ? childrenOf(target) : undefined;
    const visitChild = (step: string | number, child: Node): void => {
      path.push(step);
      this.#visit(child, path, known?.get(step), home, changes);
      path.pop();
    };
    if (node.kind === 'map') {
      for (const [key, child] of node.entries) visitChild(key, child);
      for (const key of known?.keys() ?? []) {
        if (typeof key !== 'string' || node.entries.has(key) || key === '<<') continue;
        const { file, document, at } = home;
        const gone = [...path, key];
        changes.push({ path: gone, from: { file, document, path: [...at, ...gone] }, how: 'gone' });
      }
    } else if (node.kind === 'list') {
      for (const [index, child] of node.items.entries()) visitChild(index, child);
    }
  }

  /** The place to edit behind an origin. */
  #placeOf(origin: Origin): Change['from'] | undefined {
    const cause = this.origins.causeOf(origin);
    if (cause !== undefined) return { file: this.pathOf(cause.file), document: cause.document, path: cause.path };
    const place = this.origins.placeOf(origin);
    if (place === undefined) return undefined;
    const { file, document, offset } = place;
    const read = this.read(file, document);
    return { file: this.pathOf(file), document, path: (read && pathAtStart(read, offset)) ?? [] };
  }
}
