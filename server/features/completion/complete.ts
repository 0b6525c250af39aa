import { type CompletionItem } from 'vscode-languageserver-types';
import { type Position } from '../../model/text';
import { schemaAt } from '../../validation/describe';
import { documentAt, type YamlFile } from '../../yaml/file';
import { type FeatureContext, releaseOf } from '../context';
import { isKustomizationFile, kindOfDocument, schemaOfDocument } from '../document-schema';
import { type Cursor, findCursor } from './cursor';
import { offerFields, offerValues } from './fields';
import { offerApiVersions, offerKinds, offerObjects } from './kinds';
import { type CompletionSupport, type Offer, toItems } from './offer';
import { offerPaths } from './paths';
import { offerReferences } from './references';

/** What may be written at a position; empty where nothing is known. `offset` is that of the position. */
export function complete(
  context: FeatureContext,
  file: YamlFile,
  position: Position,
  offset: number,
  support: CompletionSupport,
): CompletionItem[] {
  const placed = documentAt(file, offset);
  const cursor = findCursor(placed.document.text, position.line - placed.line, position.character);
  if (cursor === undefined) return [];
  const range = {
    start: { line: position.line, character: cursor.start },
    end: { line: position.line, character: cursor.end },
  };
  return toItems(offersAt(context, file, file.documents.indexOf(placed), cursor, support), range, support);
}

function offersAt(
  context: FeatureContext,
  file: YamlFile,
  index: number,
  cursor: Cursor,
  support: CompletionSupport,
): Offer[] {
  const text = file.documents[index]?.document.text ?? '';
  const release = releaseOf(context.snapshot, file.path);
  const [step] = cursor.path;
  if (cursor.position === 'value' && cursor.path.length === 1 && !isKustomizationFile(file.path)) {
    if (step === 'apiVersion') return offerApiVersions(cursor, release);
    if (step === 'kind') return offerKinds(cursor, release);
  }
  const kind = kindOfDocument(file.path, text);
  if (kind === undefined) {
    return cursor.position === 'key' && cursor.path.length === 0
      ? offerObjects(cursor, release, context.schemas, support)
      : [];
  }
  const document = { file: file.path, document: index };
  const semantic = offerReferences(context, document, kind, cursor) ?? offerPaths(context, document, kind, cursor);
  if (semantic !== undefined) return semantic;
  const schema = schemaOfDocument(context, file.path, kind);
  if (schema === undefined) return [];
  // A key position under a scalar field is the scalar on its own line, or an item of a list of scalars.
  const at = schemaAt(schema.schema, cursor.path);
  const isScalar = at !== undefined && at.type !== 'object' && at.type !== 'array';
  return cursor.position === 'value' || isScalar ? offerValues(schema, cursor) : offerFields(schema, cursor, support);
}
