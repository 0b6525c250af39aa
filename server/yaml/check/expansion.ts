import { type SyntaxFault } from '../document';
import { type YamlAlias, type YamlNode } from '../node';

/** Share of decoded nodes that may come out of aliases (go-yaml v3, decode.go, `allowedAliasRatio`). */
function allowedShare(decoded: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (decoded <= low) return 0.99;
  if (decoded >= high) return 0.1;
  return 0.99 - 0.89 * ((decoded - low) / (high - low));
}

/**
 * Counts the nodes Go would decode, aliases expanded, without expanding them: the size of a target is known
 * once it was seen. go-yaml looks after every node, this looks after every alias that is not inside another one,
 * so a text near the limit may pass here and fail there, never the other way round.
 */
export class Expansion {
  private readonly sizes = new Map<YamlNode, number>();
  private readonly open = new Set<YamlNode>();
  private decoded = 0;
  private fromAliases = 0;
  private fault: SyntaxFault | undefined;

  /** The first fault in document order: an anchor that contains itself, or too much expansion. */
  check(root: YamlNode): SyntaxFault | undefined {
    this.walk(root);
    return this.fault;
  }

  private walk(node: YamlNode): void {
    if (this.fault !== undefined) return;
    this.decoded++;
    if (node.anchor !== undefined) this.open.add(node);
    if (node.kind === 'alias') this.countAlias(node);
    else for (const child of children(node)) this.walk(child);
    if (node.anchor !== undefined) this.open.delete(node);
  }

  private countAlias(alias: YamlAlias): void {
    const { target } = alias;
    if (target === undefined) return;
    if (this.open.has(target)) {
      this.fault = limitFault(
        alias,
        `The anchor '&${alias.name}' contains itself here. Flux cannot read the document.`,
      );
      return;
    }
    const size = this.sizeOf(target);
    this.decoded += size;
    this.fromAliases += size;
    const { decoded, fromAliases } = this;
    if (fromAliases > 100 && decoded > 1000 && fromAliases / decoded > allowedShare(decoded)) {
      this.fault = limitFault(alias, 'The aliases up to here expand to too much. Flux cannot read the document.');
    }
  }

  private sizeOf(node: YamlNode): number {
    const known = this.sizes.get(node);
    if (known !== undefined) return known;
    // A cycle is found where it is written; here it only must not run for ever.
    this.sizes.set(node, 1);
    let size = 1;
    if (node.kind === 'alias') size += node.target === undefined ? 0 : this.sizeOf(node.target);
    else for (const child of children(node)) size += this.sizeOf(child);
    this.sizes.set(node, size);
    return size;
  }
}

function* children(node: YamlNode): Iterable<YamlNode> {
  if (node.kind === 'map') {
    for (const { key, value } of node.entries) {
      yield key;
      if (value !== undefined) yield value;
    }
  } else if (node.kind === 'sequence') for (const item of node.items) if (item !== undefined) yield item;
}

function limitFault({ start, end }: YamlAlias, message: string): SyntaxFault {
  return { code: 'alias-limit', start, end, message };
}
