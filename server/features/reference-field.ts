import { findKind } from '../../schemas/kinds';
import { type ReferenceField } from '../../schemas/kinds/kind';
import { type Path } from '../model/json';
import { type DocumentKind } from './document-schema';
import { tablePath } from './table-path';

/** A reference one of whose fields stands at a place. */
export interface ReferencePlace {
  readonly field: ReferenceField;
  /** Which field of it: its name, namespace or kind. */
  readonly part: 'name' | 'namespace' | 'kind';
}

/** undefined when the value at the path is no part of a reference in the kind tables. */
export function referenceAt(kind: DocumentKind, path: Path): ReferencePlace | undefined {
  const text = tablePath(path);
  for (const field of findKind(kind.group, kind.kind)?.references ?? []) {
    const below = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : name === '' ? field.path : `${field.path}.${name}`;
    if (text === below(field.name)) return { field, part: 'name' };
    if (text === below(field.namespace)) return { field, part: 'namespace' };
    if (text === below(field.kind)) return { field, part: 'kind' };
  }
  return undefined;
}
