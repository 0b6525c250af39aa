import { isArray, isObject, type JsonObject, type JsonValue, objectAt, type Path, stringAt } from '../../model/json';
import { type Variable } from '../../scalars/envsubst';

/** A ConfigMap or Secret that `substituteFrom` names. */
export type VariableSource =
  /** `isUnknownAt`: whether a value in it is not known (rendered from something that is not). */
  | { readonly kind: 'object'; readonly value: JsonObject; readonly isUnknownAt?: (path: Path) => boolean }
  /** Nothing will ever provide it. */
  | { readonly kind: 'absent' }
  /** It may exist, with any content. */
  | { readonly kind: 'unknown' };

/** A variable and where its value was taken from, the last one that gives it. */
export interface BoundVariable {
  readonly variable: Variable;
  /** Index in `substituteFrom`; undefined for `substitute`. */
  readonly source: number | undefined;
  /** In the object of the source, or in the Flux Kustomization. */
  readonly path: Path;
}

/** Why Flux would refuse to substitute. */
export interface VariableFault {
  /** `source-absent`: an object that is not optional. `name`: no name for a variable. `value`: not a text. */
  readonly kind: 'source-absent' | 'name' | 'value';
  /** The object's or the variable's. */
  readonly name: string;
  readonly source: number | undefined;
  /** In the object of the source, or in the Flux Kustomization (for `source-absent` and `substitute`). */
  readonly path: Path;
}

/** The variables of a Flux Kustomization. */
export interface Variables {
  readonly values: ReadonlyMap<string, BoundVariable>;
  /** True when there may be more, from a source that is not known; it may also override those of sources before it. */
  readonly isOpen: boolean;
  /** For values that are not known, by name. */
  readonly standIns?: Readonly<Record<string, string>>;
  readonly faults: readonly VariableFault[];
}

/** What is known beside the Flux Kustomization's own text. */
export interface VariableInputs {
  /** Asked for each source of kind ConfigMap or Secret once. */
  readonly find: (kind: 'ConfigMap' | 'Secret', name: string) => VariableSource;
  /** Whether a value of the Flux Kustomization, or one in it, is not known. */
  readonly isUnknownAt?: (path: Path) => boolean;
  readonly standIns?: Readonly<Record<string, string>>;
}

const nameForm = /^[A-Za-z_][A-Za-z0-9_]*$/;
const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const unknown: Variable = { kind: 'unknown' };

/**
 * Collects the variables of `spec.postBuild`: sources in order, a later one wins, `substitute` over all; line feeds are
 * removed from every value (fluxcd/pkg kustomize/kustomize_varsub.go). `owner`: the Flux Kustomization, its namespace
 * is that of the sources.
 */
export function collectVariables(
  owner: JsonObject,
  { find, isUnknownAt = () => false, standIns }: VariableInputs,
): Variables {
  const collector = new Collector();
  const postBuild = objectAt(owner, 'spec', 'postBuild');
  const at = ['spec', 'postBuild'];
  const sources = postBuild?.get('substituteFrom');
  // A list or map that is not known as a whole shows in its entries; one that is not written may be there all the same.
  for (const field of ['substituteFrom', 'substitute']) {
    if (postBuild?.has(field) !== true && isUnknownAt([...at, field])) collector.isOpen = true;
  }
  for (const [index, reference] of (isArray(sources) ? sources : []).entries()) {
    const kind = stringAt(reference, 'kind');
    const name = stringAt(reference, 'name');
    if (isUnknownAt([...at, 'substituteFrom', index])) {
      collector.isOpen = true;
      continue;
    }
    if ((kind !== 'ConfigMap' && kind !== 'Secret') || name === undefined) continue;
    const source = find(kind, name);
    if (source.kind === 'unknown') collector.isOpen = true;
    else if (source.kind === 'object') collector.addSource(kind, source, index);
    else if (!isObject(reference) || reference.get('optional') !== true) {
      const path = ['spec', 'postBuild', 'substituteFrom', index];
      collector.faults.push({ kind: 'source-absent', name, source: index, path });
      collector.isOpen = true;
    }
  }
  for (const [name, value] of objectAt(postBuild, 'substitute') ?? []) {
    const path = [...at, 'substitute', name];
    const read: Read = (text) => (isUnknownAt(path) ? unknown : { kind: 'text', text });
    collector.add(name, value, read, { source: undefined, path });
  }
  const { values, isOpen, faults } = collector;
  return { values, isOpen, faults, ...(standIns && { standIns }) };
}

/** What a name stands for, as `substitute` asks it: undefined only where the variable surely is not defined. */
export function lookupIn({ values, isOpen, standIns }: Variables): (name: string) => Variable | undefined {
  return (name) => {
    const known = values.get(name)?.variable ?? (isOpen ? unknown : undefined);
    const standIn = known?.kind === 'unknown' && standIns && Object.hasOwn(standIns, name) ? standIns[name] : undefined;
    return standIn === undefined ? known : { kind: 'text', text: standIn };
  };
}

type Place = Pick<BoundVariable, 'source' | 'path'>;
type Read = (text: string, path: Path) => Variable;

class Collector {
  readonly values = new Map<string, BoundVariable>();
  readonly faults: VariableFault[] = [];
  isOpen = false;

  add(name: string, value: JsonValue, read: Read, place: Place): void {
    if (!nameForm.test(name)) this.faults.push({ kind: 'name', name, ...place });
    let variable = unknown;
    if (typeof value === 'string') variable = withoutLineFeeds(read(value, place.path));
    else this.faults.push({ kind: 'value', name, ...place });
    this.values.set(name, { variable, ...place });
  }

  addSource(kind: 'ConfigMap' | 'Secret', source: VariableSource & { kind: 'object' }, index: number): void {
    const { value, isUnknownAt } = source;
    const guarded =
      (read: (text: string) => Variable): Read =>
      (text, path) => {
        if (isUnknownAt?.(path) === true || isEncrypted(text)) return unknown;
        const found = read(text);
        return found.kind === 'text' && isEncrypted(found.text) ? unknown : found;
      };
    const asText = guarded((text) => ({ kind: 'text', text }));
    const read = kind === 'Secret' ? guarded(decodeBase64) : asText;
    // The API server writes `stringData` over `data`.
    const fields = kind === 'Secret' ? (['data', 'stringData'] as const) : (['data'] as const);
    for (const field of fields) {
      for (const [name, one] of objectAt(value, field) ?? []) {
        this.add(name, one ?? '', field === 'data' ? read : asText, { source: index, path: [field, name] });
      }
      if (isUnknownAt?.([field]) === true) this.isOpen = true;
    }
  }
}

/** What SOPS wrote in place of a value, or a file with such values that a generator took in. */
const isEncrypted = (text: string): boolean => text.includes('ENC[AES256_GCM,');

function withoutLineFeeds(variable: Variable): Variable {
  if (variable.kind === 'unknown' || !variable.text.includes('\n')) return variable;
  return { kind: 'text', text: variable.text.replaceAll('\n', '') };
}

/** Unknown for what no Secret can hold, and for bytes that are no text. */
function decodeBase64(text: string): Variable {
  const digits = text.replace(/[\r\n]/g, '');
  if (!base64Form.test(digits)) return unknown;
  try {
    const bytes = Uint8Array.from(atob(digits), (char) => char.charCodeAt(0));
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return unknown;
  }
}
