import { CompletionItemKind } from 'vscode-languageserver-types';
import { kinds } from '../../../schemas/kinds';
import { type KindEntry } from '../../../schemas/kinds/kind';
import { type FluxRelease, spanHolds } from '../../../schemas/release';
import { splitApiVersion } from '../../model/resource-id';
import { type SchemaCatalog } from '../../validation/catalog';
import { type Cursor } from './cursor';
import { snippetFor } from './insertion';
import { type CompletionSupport, type Offer } from './offer';

/** The versions of a kind that the release serves, newest first. */
const servedBy = (entry: KindEntry, release: FluxRelease): string[] =>
  entry.versions.filter(({ served }) => spanHolds(served, release)).map(({ name }) => name);

const descriptions: Readonly<Record<KindEntry['category'], string>> = {
  apply: 'applies objects',
  source: 'source',
  image: 'image automation',
  notification: 'notification',
  operator: 'Flux Operator',
};

/** Values of `apiVersion`: those of the kind that is already written, else all. */
export function offerApiVersions(cursor: Cursor, release: FluxRelease): Offer[] {
  const kind = cursor.siblings.get('kind');
  const offers = new Map<string, Offer>();
  for (const entry of kinds) {
    if (kind !== undefined && kind !== '' && entry.kind !== kind) continue;
    for (const [age, version] of servedBy(entry, release).entries()) {
      const text = `${entry.group}/${version}`;
      const before = offers.get(text);
      const detail = before?.detail === undefined ? entry.kind : `${before.detail}, ${entry.kind}`;
      offers.set(text, { label: text, kind: CompletionItemKind.Module, text, detail, rank: age === 0 ? 3 : 5 });
    }
  }
  return [...offers.values()];
}

/** Values of `kind`: those of the API version that is already written, else all. */
export function offerKinds(cursor: Cursor, release: FluxRelease): Offer[] {
  const apiVersion = cursor.siblings.get('apiVersion');
  const written = apiVersion === undefined || apiVersion === '' ? undefined : splitApiVersion(apiVersion);
  return kinds
    .filter((entry) => {
      if (written === undefined) return true;
      return entry.group === written.group && servedBy(entry, release).includes(written.version);
    })
    .map((entry) => ({
      label: entry.kind,
      kind: CompletionItemKind.Class,
      text: entry.kind,
      detail: written === undefined ? entry.group : descriptions[entry.category],
      rank: 3,
    }));
}

/** Whole objects for a document that says nothing yet, with what each requires. */
export function offerObjects(
  cursor: Cursor,
  release: FluxRelease,
  schemas: SchemaCatalog,
  support: CompletionSupport,
): Offer[] {
  if (cursor.siblings.size > 0 || !cursor.isLineEnd || cursor.column > 0) return [];
  if (!support.snippets || !support.keepsIndentation) {
    return [{ label: 'apiVersion', kind: CompletionItemKind.Property, text: 'apiVersion: ', rank: 3 }];
  }
  return kinds.flatMap((entry): Offer[] => {
    const version = servedBy(entry, release)[0];
    const found = version === undefined ? undefined : schemas.find(entry.group, version, entry.kind, release);
    if (version === undefined || found?.status !== 'served') return [];
    const spec = found.schema.properties?.['spec'];
    const namespace = entry.scope === 'Namespaced' ? ['  namespace: ${2:flux-system}'] : [];
    // The first two places belong to the head, so the places of the spec are counted on.
    const body = spec === undefined ? '' : `\n${shiftStops(snippetFor('spec', spec, 0), 2)}`;
    const head = [
      `apiVersion: ${entry.group}/${version}`,
      `kind: ${entry.kind}`,
      'metadata:',
      '  name: ${1:name}',
      ...namespace,
    ];
    return [
      {
        label: entry.kind,
        kind: CompletionItemKind.Class,
        text: `${head.join('\n')}${body}`,
        isSnippet: true,
        detail: `${entry.group}/${version}`,
        documentation: `A new ${entry.kind} with the fields it requires.`,
        rank: 3,
      },
    ];
  });
}

const shiftStops = (snippet: string, by: number): string =>
  snippet.replace(/(\\\$)|\$(\{?)(\d+)/g, (all, escaped: string | undefined, brace: string, stop: string) =>
    escaped === undefined ? `$${brace}${Number(stop) + by}` : all,
  );
