import { schemaFor } from '../../../schemas/assemble';
import { findTable } from '../../../schemas/kinds/index';
import { newestFlux } from '../../../schemas/release';
import { type Schema } from '../../../schemas/schema';
import { normalizeFields } from '../../build/kustomization-file';
import { isObject, stringAt } from '../../model/json';
import { type Fault } from '../../validation/fault';
import { validate } from '../../validation/validate';
import { valueOf } from '../../yaml/scalar';
import { isBroken } from '../declared-objects';
import { type DocumentContext } from '../rule';

function schemaOf(kind: string): Schema | undefined {
  const table = findTable('kustomize.config.k8s.io', kind);
  return table && schemaFor(table, kind === 'Component' ? 'v1alpha1' : 'v1beta1', newestFlux);
}

/**
 * Values of a kustomization file that kustomize's decoder refuses by their type. It reads YAML as sigs.k8s.io/yaml
 * does, so `yes` is a boolean and `1.20` a number; null fits everywhere.
 */
export function kustomizationTypeFaults({
  document,
  role,
  index,
}: DocumentContext): readonly (Fault & { code: 'type' })[] {
  // Only the first document of the file is read.
  if (role !== 'kustomization' || index > 0 || document.root === undefined || isBroken(document)) return [];
  const value = valueOf(document, document.root, 'kustomization');
  if (!isObject(value)) return [];
  const schema = schemaOf(stringAt(value, 'kind') ?? 'Kustomization');
  if (schema === undefined) return [];
  return validate(schema, normalizeFields(value)).filter(
    (fault) => fault.code === 'type' && fault.actual !== null,
  ) as (Fault & {
    code: 'type';
  })[];
}
