import { type Path } from '../../../model/json';
import { type TextSource, type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type PatchConfig } from '../kustomization';
import { type Node } from '../node';
import { type EngineResource } from '../resource';
import { type JsonOperation, operationsOf } from './json-operation';
import { throughJson, Unwritable } from './json-value';
import { readJson } from './read-json';

/** The text of a patch and where it stands. */
export interface PatchText {
  readonly text: string;
  readonly source: TextSource;
  /** To the field that holds or names it. */
  readonly path: Path;
}

/** What the text of a patch holds: objects to merge, or the operations of a JSON patch. */
export type PatchContent =
  | { readonly kind: 'merge'; readonly objects: readonly EngineResource[] }
  | { readonly kind: 'json'; readonly operations: readonly JsonOperation[] };

/** The text of an entry, which names a file or holds the patch itself, not both. */
export function patchTextOf(
  entry: Pick<PatchConfig, 'path' | 'patch'>,
  field: string,
  path: Path,
  context: TransformContext,
): PatchText | EngineFault {
  if (entry.patch !== '' && entry.path !== '') {
    return context.fault(
      'patch-given-twice',
      'A patch is either given here or read from a file, not both. Flux cannot build this.',
      path,
    );
  }
  if (entry.patch !== '') {
    const at = [...path, 'patch'];
    return { text: entry.patch, source: { origin: context.cause(field, at) }, path: at };
  }
  if (entry.path === '')
    return context.fault(
      'patch-missing',
      'This entry has neither a patch nor a path to one. Flux cannot build this.',
      path,
    );
  const at = [...path, 'path'];
  const content = context.readFile(entry.path, at, 'patch');
  return isFault(content) ? content : { text: content.text, source: { file: content.file }, path: at };
}

/** Text whose first line that is no comment starts an item. */
const looksLikeList = /^(?:\s*(?:#.*|---.*)?\n)*\s*[-[]/;

/** Reads a patch of either kind, as `patches` takes them: what is not objects must be a JSON patch. */
export function readPatch(patch: PatchText, context: TransformContext): PatchContent | EngineFault {
  const objects = context.readResources(patch.text, patch.source, patch.path);
  if (!isFault(objects)) return { kind: 'merge', objects };
  const operations = readOperations(patch, context);
  if (!isFault(operations)) return { kind: 'json', operations };
  // What is wrong with an object says more than that it is no patch, unless the text is a list.
  if (objects.code === 'yaml-syntax') return objects;
  return looksLikeList.test(patch.text) ? operations : { ...objects, code: operations.code };
}

/** Reads the operations of a JSON patch. Text that starts with `[` must be JSON, other text is YAML 1.1. */
export function readOperations(patch: PatchText, context: TransformContext): readonly JsonOperation[] | EngineFault {
  const unreadable = (why: string) =>
    context.fault(
      'patch-unreadable',
      `This is neither an object nor a JSON patch${why}. Flux cannot build this.`,
      patch.path,
    );
  const isJson = patch.text.startsWith('[');
  const document = isJson ? readJsonText(patch, context) : readYamlText(patch, context);
  if (isFault(document)) return document;
  if (isJson && document === undefined) return unreadable(': text that starts with [ must be JSON');
  const operations = operationsOf(document);
  if (operations === undefined || isJson) return operations ?? unreadable('');
  const read: JsonOperation[] = [];
  for (const operation of operations) {
    const value = operation.value && throughJson(operation.value, 'kustomization');
    if (value instanceof Unwritable) return unreadable(`: ${value.text} cannot be written as JSON`);
    read.push({ ...operation, value });
  }
  return read;
}

function readJsonText({ text, source }: PatchText, { origins }: TransformContext): Node | undefined {
  return 'origin' in source
    ? readJson(text, source.origin, true)
    : readJson(text, origins.addDocument(source.file, 0), false);
}

/** Of several documents the first; undefined when there is none. */
function readYamlText({ text, source, path }: PatchText, context: TransformContext): Node | undefined | EngineFault {
  const documents = context.readValues(text, source, path, 'kustomization');
  return isFault(documents) ? documents : documents[0];
}
