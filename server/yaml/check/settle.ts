import { type SyntaxFault } from '../document';
import { type YamlAlias, type YamlNode } from '../node';
import { checkKeys } from './duplicate-keys';
import { Expansion } from './expansion';

/** Anchors of a document by name (the last of each) and the faults found while looking at the whole tree. */
export interface Settled {
  readonly anchors: ReadonlyMap<string, YamlNode>;
  readonly faults: readonly SyntaxFault[];
}

/** Goes through a fresh tree once: gives each alias its target, compares keys, bounds what aliases expand to. */
export function settle(root: YamlNode): Settled {
  const anchors = new Map<string, YamlNode>();
  const faults: SyntaxFault[] = [];
  const aliases: YamlAlias[] = [];

  const visit = (node: YamlNode): void => {
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    if (node.kind === 'scalar') return;
    if (node.kind === 'alias') {
      aliases.push(node);
      (node as { target: YamlNode | undefined }).target = anchors.get(node.name);
      if (node.target === undefined) faults.push(unknownAnchor(node));
    } else if (node.kind === 'map') {
      for (const { key, value } of node.entries) {
        // Plain keys are nearly all there is; the call would cost more than the rest.
        if (key.kind !== 'scalar' || key.anchor !== undefined) visit(key);
        if (value !== undefined) visit(value);
      }
      checkKeys(node, faults);
    } else for (const item of node.items) if (item !== undefined) visit(item);
  };
  visit(root);
  if (aliases.length > 0) {
    const fault = new Expansion().check(root);
    if (fault !== undefined) faults.push(fault);
  }
  return { anchors, faults };
}

function unknownAnchor({ name, start, end }: YamlAlias): SyntaxFault {
  const message = `There is no anchor '&${name}' before this alias. Flux cannot read the document.`;
  return { code: 'syntax', start, end, message };
}
