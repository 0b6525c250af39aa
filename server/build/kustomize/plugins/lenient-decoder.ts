import { isObject, type JsonValue, type Path } from '../../../model/json';
import { numberText } from '../emit/go-number';
import { formatFloat } from '../patch/json-value';
import { Decoder, type Fields } from '../read/decode';

/** A number with the fewest digits that tell it from other numbers of 32 bits, which is how sigs.k8s.io/yaml writes it. */
function singleText(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return single > 0 ? '+Inf' : '-Inf';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== single) digits++;
  return formatFloat(Number(value.toPrecision(digits)));
}

/** A number or truth that sigs.k8s.io/yaml hands to a field of type text; undefined for other values. */
export function textOfPlain(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') {
    const written = numberText(value);
    return /[.e]/.test(written) ? singleText(Number(value)) : written;
  }
  return typeof value === 'boolean' ? String(value) : undefined;
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
