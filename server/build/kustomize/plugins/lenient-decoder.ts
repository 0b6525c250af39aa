import { isObject, type JsonValue, type Path } from '../../../model/json';
import { shortFloat } from '../generate/go-float';
import { Decoder, type Fields } from '../read/decode';

/** A number or truth that sigs.k8s.io/yaml hands to a field of type text; undefined for other values. */
export function textOfPlain(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : shortFloat(value, 6);
  return typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

/**
 * Reads what kustomize decodes straight from YAML, unlike kustomization files: configuration objects of plug-ins and
 * files of replacements. Numbers and truths are taken for text where text belongs, and fields that Go's structs do not
 * have are passed over.
 */
export class LenientDecoder extends Decoder {
  override text(value: JsonValue | undefined, path: Path): string {
    return textOfPlain(value) ?? super.text(value, path);
  }

  override fields(value: JsonValue | undefined, path: Path, known: ReadonlySet<string>): Fields | undefined {
    if (!isObject(value)) return super.fields(value, path, known);
    const names = new Set([...known].map((name) => name.toLowerCase()));
    const kept = [...value].filter(([key]) => names.has(key.toLowerCase()));
    return super.fields(new Map(kept), path, known);
  }
}
