import { type Hover } from 'vscode-languageserver-types';
import { type RenderedObject } from '../build/build';
import { describe, parseResourceKey } from '../model/resource-id';
import { schemaAt } from '../validation/describe';
import { type YamlFile } from '../yaml/file';
import { type FeatureContext } from './context';
import { schemaOfDocument } from './document-schema';
import { describeField } from './field-notes';
import { codeSpan, escapeMarkdown, stripMarkdown } from './markdown';
import { type DocumentPlace, placeAt } from './place';
import { secretNotes } from './secrets/secret-hover';
import { namedPath, referenceTargets } from './targets';

/** What is known of the key or value at an offset; undefined where there is nothing to say. */
export function hover(
  context: FeatureContext,
  file: YamlFile,
  offset: number,
  support: { readonly markdown: boolean },
): Hover | undefined {
  const place = placeAt(file, offset);
  if (place.part === 'gap' || !place.isTouched || place.range === undefined) return undefined;
  const secrets = secretNotes(context, file, place);
  if (place.kind === undefined && secrets.length === 0) return undefined;
  const document = schemaOfDocument(context, file.path, place.kind);
  const schema = document && schemaAt(document.schema, place.path);
  const parts = [
    ...referenceNotes(context, place),
    ...pathNotes(context, place),
    ...ownerNotes(context, place),
    ...secrets,
    document === undefined || schema === undefined ? '' : describeField(schema, document.kind, place.path),
  ].filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const value = parts.join('\n\n');
  return {
    contents: support.markdown ? { kind: 'markdown', value } : { kind: 'plaintext', value: stripMarkdown(value) },
    range: place.range,
  };
}

const isNameField = (place: DocumentPlace): boolean => {
  const [parent, field] = place.path.slice(-2);
  return parent === 'metadata' && field === 'name';
};

/** Per cluster: what a reference leads to, and where that is written. */
function referenceNotes(context: FeatureContext, place: DocumentPlace): string[] {
  if (place.part !== 'value') return [];
  return referenceTargets(context, place.ref, place.path).map(({ cluster, id, objects }) => {
    const where = `in cluster ${escapeMarkdown(cluster.cluster.name)}`;
    const [found] = objects;
    if (found === undefined) return `${codeSpan(describe(id))} ${where}: nothing in this repository has that name.`;
    const file = found.resource?.file;
    return `${codeSpan(describe(id))} ${where}${file === undefined ? '' : `, declared in ${codeSpan(file)}`}`;
  });
}

function pathNotes(context: FeatureContext, place: DocumentPlace): string[] {
  if (place.part !== 'value' || place.node?.kind !== 'scalar' || place.kind === undefined) return [];
  const named = namedPath(context, place.ref, place.kind, place.path, place.node.text);
  if (named === undefined) return [];
  return [`${named.kind === 'file' ? 'File' : 'Folder'} ${codeSpan(named.path === '' ? '.' : named.path)}`];
}

/** On the name of an object: which Flux Kustomization applies it, per cluster, under the name it has there. */
function ownerNotes({ snapshot }: FeatureContext, place: DocumentPlace): string[] {
  if (snapshot === undefined || !isNameField(place)) return [];
  const objects = snapshot.renderedFrom(place.ref).filter(({ resource }) => {
    const at = resource?.at ?? [];
    return at.length === place.path.length - 2 && at.every((step, index) => step === place.path[index]);
  });
  return objects.map((object) => {
    const cluster = snapshot.clusters.find((candidate) => candidate.cluster.path === object.address.cluster);
    const name = cluster?.cluster.name ?? object.address.cluster;
    return `${codeSpan(describe(object.id))} in cluster ${escapeMarkdown(name)}, applied by ${ownerOf(object)}`;
  });
}

function ownerOf(object: RenderedObject): string {
  const owner = parseResourceKey(object.address.owner);
  return owner === undefined ? 'the entry point itself' : codeSpan(describe(owner));
}
