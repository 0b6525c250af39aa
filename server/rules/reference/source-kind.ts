import { type ReferenceField } from '../../../schemas/kinds/kind';
import { findKind } from '../../../schemas/kinds/index';
import { type Path, stringAt } from '../../model/json';
import { type DeclaredObject } from '../declared-objects';

export interface SourceKind {
  readonly field: ReferenceField;
  /** Where the reference stands, and its `kind` below it; from the object's root. */
  readonly at: Path;
  readonly path: Path;
  readonly kind: string;
}

const roles = new Set(['sourceRef', 'chartRef', 'sources']);

/** References of an object to a source whose `kind` is none of those that may stand there. */
export function wrongSourceKinds({ group, kind, value }: DeclaredObject): SourceKind[] {
  const wrong: SourceKind[] = [];
  for (const field of findKind(group, kind)?.references ?? []) {
    if (!roles.has(field.role) || field.kind === undefined || field.path.includes('[]')) continue;
    const at = field.path.split('.');
    const path = [...at, field.kind];
    const written = stringAt(value, ...path);
    if (written === undefined || written === '' || written.includes('${')) continue;
    if (field.kinds.some((allowed) => allowed.kind === written)) continue;
    wrong.push({ field, at, path, kind: written });
  }
  return wrong;
}

/** True when the value at `path` (from the object's root) is what {@link wrongSourceKinds} speaks of. */
export function isSourceKind(object: DeclaredObject, path: Path): boolean {
  return wrongSourceKinds(object).some((wrong) => wrong.path.join('/') === path.join('/'));
}
