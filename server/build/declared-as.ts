import { type FilePath } from '../model/file-path';
import { type Resource } from '../model/resource';
import { type YamlDocument } from '../yaml/document';
import { type SourceTree } from './build';

/** The declared object that a rendered one began as; undefined for one that no file declares. */
export function declaredAs(
  tree: SourceTree,
  place: { readonly file: FilePath; readonly document: number; readonly offset: number } | undefined,
): Resource | undefined {
  if (place === undefined) return undefined;
  const resources = tree.facts(place.file)?.documents[place.document]?.resources ?? [];
  if (resources.length < 2) return resources[0];
  const document = tree.yaml(place.file)?.documents[place.document]?.document;
  return document === undefined ? undefined : itemsByStart(document, resources).get(place.offset);
}

/** Made once for a `List`: it may have thousands of items, and each is asked for. */
const itemsOf = new WeakMap<
  YamlDocument,
  { readonly resources: readonly Resource[]; readonly byStart: ReadonlyMap<number, Resource> }
>();

/** The objects of a `List` by the offset at which they start. */
function itemsByStart(document: YamlDocument, resources: readonly Resource[]): ReadonlyMap<number, Resource> {
  const known = itemsOf.get(document);
  if (known?.resources === resources) return known.byStart;
  const byStart = new Map<number, Resource>();
  const entries = document.root?.kind === 'map' ? document.root.entries : [];
  const list = entries.find(({ key }) => key.kind === 'scalar' && key.text === 'items')?.value;
  for (const resource of resources) {
    const index = resource.at[1];
    const item = list?.kind === 'sequence' && typeof index === 'number' ? list.items[index] : undefined;
    if (item !== undefined) byStart.set(item.start, resource);
  }
  itemsOf.set(document, { resources, byStart });
  return byStart;
}
