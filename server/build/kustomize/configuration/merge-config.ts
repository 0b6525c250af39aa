import { isSelected } from '../fieldspec/field-spec';
import {
  emptyTransformerConfig,
  type FieldSpec,
  type NameReference,
  type TransformerConfig,
} from '../transformer-config';
import { compareKinds } from './kind-order';

/** Two configurations say different things of one field: whether it is made where it is missing. */
export class SpecConflict {
  constructor(
    /** `commonLabels` …; the field of the configuration. */
    readonly table: keyof TransformerConfig,
    readonly spec: FieldSpec,
  ) {}
}

/** Field specs with those added that none of them covers (api/types/fieldspec.go, FsSlice.MergeAll). */
function mergeSpecs(
  table: keyof TransformerConfig,
  specs: readonly FieldSpec[],
  added: readonly FieldSpec[],
): readonly FieldSpec[] | SpecConflict {
  if (added.length === 0) return specs;
  const byPath = new Map<string, FieldSpec[]>();
  const merged = [...specs];
  for (const spec of specs) {
    const same = byPath.get(spec.path);
    if (same === undefined) byPath.set(spec.path, [spec]);
    else same.push(spec);
  }
  for (const spec of added) {
    const same = byPath.get(spec.path) ?? [];
    const found = same.find((one) => isSelected(one, spec));
    if (found !== undefined) {
      if (found.create !== spec.create) return new SpecConflict(table, spec);
      continue;
    }
    merged.push(spec);
    same.push(spec);
    byPath.set(spec.path, same);
  }
  return merged.length === specs.length ? specs : merged.sort(compareKinds);
}

function mergeReferences(
  references: readonly NameReference[],
  added: readonly NameReference[],
): readonly NameReference[] | SpecConflict {
  let merged: NameReference[] | undefined;
  for (const reference of added) {
    const all = merged ?? references;
    const isSame = (one: NameReference): boolean =>
      one.kind === reference.kind && one.group === reference.group && one.version === reference.version;
    const index = all.findIndex(isSame);
    const known = all[index];
    if (known === undefined) {
      // Upstream takes a new entry as it stands, repeated specs included.
      merged = [...all, { ...reference, referrers: [...reference.referrers].sort(compareKinds) }];
      continue;
    }
    const referrers = mergeSpecs('nameReference', known.referrers, reference.referrers);
    if (referrers instanceof SpecConflict) return referrers;
    if (referrers === known.referrers) continue;
    merged ??= [...references];
    merged[index] = { ...known, referrers };
  }
  return merged === undefined ? references : merged.sort(compareKinds);
}

const specTables = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonAnnotations',
  'commonLabels',
  'labels',
  'templateLabels',
  'varReference',
  'images',
  'replicas',
] as const;

/**
 * Both configurations as one (api/internal/plugins/builtinconfig/transformerconfig.go, Merge); the identical one when
 * the second adds nothing, so that the plans made from a table are found again.
 */
export function mergeConfigs(config: TransformerConfig, added: TransformerConfig): TransformerConfig | SpecConflict {
  if (config === added || added === emptyTransformerConfig) return config;
  const merged: { -readonly [Table in keyof TransformerConfig]: TransformerConfig[Table] } = { ...config };
  for (const table of specTables) {
    const specs = mergeSpecs(table, config[table], added[table]);
    if (specs instanceof SpecConflict) return specs;
    merged[table] = specs;
  }
  const references = mergeReferences(config.nameReference, added.nameReference);
  if (references instanceof SpecConflict) return references;
  merged.nameReference = references;
  const isChanged = [...specTables, 'nameReference' as const].some((table) => merged[table] !== config[table]);
  return isChanged ? merged : config;
}
