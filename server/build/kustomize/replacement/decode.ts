import { type JsonValue, type Path } from '../../../model/json';
import { type EngineFault } from '../fault';
import { type SelectorConfig } from '../kustomization';
import { type Decoder } from '../read/decode';
import { decodeSelector } from '../read/decode-parts';

/** Makes a fault at a path of the document that holds the replacement. */
export type Refuse = (code: string, message: string, path: Path) => EngineFault;

export interface FieldOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

export interface ReplacementSource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly fieldPath: string;
  readonly options: FieldOptions | undefined;
}

export interface ReplacementTarget {
  readonly select: SelectorConfig | undefined;
  readonly reject: readonly SelectorConfig[];
  readonly fieldPaths: readonly string[];
  readonly options: FieldOptions | undefined;
}

/** A replacement (api/types/replacement.go). */
export interface Replacement {
  readonly source: ReplacementSource | undefined;
  readonly sourceValue: string | undefined;
  readonly targets: readonly ReplacementTarget[] | undefined;
}

/** An entry of `replacements`: a replacement, or the name of a file with some. */
export interface ReplacementEntry extends Replacement {
  readonly file: string;
}

const entryFields = new Set(['source', 'targets', 'sourceValue', 'path']);
const sourceFields = new Set(['group', 'version', 'kind', 'name', 'namespace', 'fieldPath', 'options']);
const targetFields = new Set(['select', 'reject', 'fieldPaths', 'options']);
const optionFields = new Set(['delimiter', 'index', 'encoding', 'create']);
const ownName = 'metadata.name';

function decodeOptions(decoder: Decoder, value: JsonValue | undefined, path: Path): FieldOptions | undefined {
  const fields = decoder.fields(value, path, optionFields);
  if (fields === undefined) return undefined;
  decoder.text(fields.get('encoding'), [...path, 'encoding']);
  return {
    delimiter: decoder.text(fields.get('delimiter'), [...path, 'delimiter']),
    index: Number(decoder.integer(fields.get('index'), [...path, 'index'])),
    create: decoder.bool(fields.get('create'), [...path, 'create']),
  };
}

function decodeSource(decoder: Decoder, value: JsonValue | undefined, path: Path): ReplacementSource | undefined {
  const fields = decoder.fields(value, path, sourceFields);
  if (fields === undefined) return undefined;
  const text = (name: string): string => decoder.text(fields.get(name), [...path, name]);
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    fieldPath: text('fieldPath') || ownName,
    options: decodeOptions(decoder, fields.get('options'), [...path, 'options']),
  };
}

function decodeTarget(decoder: Decoder, value: JsonValue, path: Path): ReplacementTarget {
  const fields = decoder.fields(value, path, targetFields);
  const fieldPaths = decoder.texts(fields?.get('fieldPaths'), [...path, 'fieldPaths']);
  const reject = decoder.list(fields?.get('reject'), [...path, 'reject'], (one, at) =>
    decodeSelector(decoder, one, at),
  );
  return {
    select: decodeSelector(decoder, fields?.get('select'), [...path, 'select']),
    reject: reject.filter((one) => one !== undefined),
    fieldPaths: fieldPaths.length === 0 ? [ownName] : fieldPaths,
    options: decodeOptions(decoder, fields?.get('options'), [...path, 'options']),
  };
}

/** One entry of `replacements`, or of a file it names; what does not fit is said to the decoder. */
export function decodeReplacement(decoder: Decoder, value: JsonValue, path: Path): ReplacementEntry {
  const fields = decoder.fields(value, path, entryFields);
  const sourceValue = fields?.get('sourceValue');
  const targets = fields?.get('targets');
  return {
    file: decoder.text(fields?.get('path'), [...path, 'path']),
    source: decodeSource(decoder, fields?.get('source'), [...path, 'source']),
    sourceValue: sourceValue === undefined ? undefined : decoder.text(sourceValue, [...path, 'sourceValue']),
    targets:
      targets === undefined
        ? undefined
        : decoder.list(targets, [...path, 'targets'], (one, at) => decodeTarget(decoder, one, at)),
  };
}
