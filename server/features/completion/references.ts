import { CompletionItemKind } from 'vscode-languageserver-types';
import { kinds } from '../../../schemas/kinds';
import { type RenderedObject } from '../../build/build';
import { type DocumentRef } from '../../model/resource';
import { type RenderedCluster } from '../../workspace/cluster';
import { clustersOf, type FeatureContext } from '../context';
import { type DocumentKind } from '../document-schema';
import { escapeMarkdown } from '../markdown';
import { referenceAt } from '../reference-field';
import { type Cursor } from './cursor';
import { scalarText } from './insertion';
import { type Offer } from './offer';

/**
 * Names, namespaces and kinds for a field of a reference, from the objects rendered in the clusters that read the
 * document; undefined when the place belongs to no reference.
 */
export function offerReferences(
  context: FeatureContext,
  document: DocumentRef,
  kind: DocumentKind,
  cursor: Cursor,
): Offer[] | undefined {
  const reference = referenceAt(kind, cursor.path);
  if (reference === undefined) return undefined;
  const { field, part } = reference;
  if (part === 'kind') {
    return field.kinds.map((candidate, index) => ({
      label: candidate.kind,
      kind: CompletionItemKind.Class,
      text: candidate.kind,
      rank: index === 0 ? 2 : 3,
    }));
  }
  const siblings = field.name === '' ? new Map<string, string>() : cursor.siblings;
  const written = field.kind === undefined ? undefined : siblings.get(field.kind);
  const candidates = field.kinds.length > 0 ? field.kinds : kinds;
  const wanted = candidates.filter(
    (candidate) => written === undefined || written === '' || candidate.kind === written,
  );
  const own = namespacesOf(context, document);
  const writtenNamespace = field.namespace === undefined ? undefined : siblings.get(field.namespace);
  const offers = new Map<string, Offer>();
  for (const cluster of clustersOf(context.snapshot, document.file)) {
    for (const { group, kind: targetKind } of wanted) {
      for (const object of cluster.objectsOf(group, targetKind)) {
        if (isItself(object, document)) continue;
        const offer =
          part === 'namespace'
            ? namespaceOffer(object, siblings.get(field.name))
            : nameOffer(object, cluster, { own, written: writtenNamespace, field, cursor });
        if (offer !== undefined && !offers.has(offer.text)) offers.set(offer.text, offer);
      }
    }
  }
  return [...offers.values()].sort((a, b) => (a.rank ?? 5) - (b.rank ?? 5) || a.label.localeCompare(b.label, 'en'));
}

const isItself = ({ resource }: RenderedObject, document: DocumentRef): boolean =>
  resource?.file === document.file && resource.document === document.document;

/** Namespaces the document's objects are rendered into; empty when it is rendered nowhere. */
function namespacesOf({ snapshot }: FeatureContext, document: DocumentRef): ReadonlySet<string> {
  const objects = snapshot?.renderedFrom(document) ?? [];
  return new Set(objects.map(({ id }) => id.namespace).filter((namespace) => namespace !== ''));
}

function namespaceOffer(object: RenderedObject, name: string | undefined): Offer | undefined {
  const { namespace } = object.id;
  if (namespace === '' || (name !== undefined && name !== '' && name !== object.id.name)) return undefined;
  return { label: namespace, kind: CompletionItemKind.Module, text: scalarText(namespace), rank: 3 };
}

interface NameQuestion {
  readonly own: ReadonlySet<string>;
  readonly written: string | undefined;
  readonly field: { readonly name: string; readonly namespace?: string };
  readonly cursor: Cursor;
}

function nameOffer(object: RenderedObject, cluster: RenderedCluster, question: NameQuestion): Offer | undefined {
  const { own, written, field, cursor } = question;
  const { name, namespace } = object.id;
  if (name === '' || name.includes('${')) return undefined;
  const isWritten = written !== undefined && written !== '';
  const isNear = isWritten ? namespace === written : own.size === 0 || own.has(namespace) || namespace === '';
  const offer: Offer = {
    label: name,
    kind: CompletionItemKind.Reference,
    text: scalarText(name),
    detail: namespace === '' ? object.id.kind : `${object.id.kind} in ${namespace}`,
    documentation: `${escapeMarkdown(object.id.kind)} in cluster ${escapeMarkdown(cluster.cluster.name)}`,
    rank: 1,
  };
  if (isNear) return offer;
  // Another namespace can be named only where there is a field for it and room to write it.
  if (isWritten || field.namespace === undefined || field.name.includes('.') || !cursor.isLineEnd) return undefined;
  const addition = `\n${' '.repeat(cursor.column)}${field.namespace}: ${scalarText(namespace)}`;
  return { ...offer, label: `${name} (${namespace})`, text: `${scalarText(name)}${addition}`, filter: name, rank: 2 };
}
