import { isObject, itemsAt, type JsonObject, type JsonValue, type Path } from '../model/json';

/** An entry of a list of paths and where it stands. */
export interface Entry {
  readonly text: string;
  readonly path: Path;
}

/** Fields under the name kustomize gives them; Go's decoder ignores case (kustomize-engine 2.1). */
export function normalizeFields(value: JsonObject): JsonObject {
  const fields = new Map<string, JsonValue>();
  for (const [key, item] of value) fields.set(fieldNames.get(key.toLowerCase()) ?? key, item);
  return fields;
}

const fieldNames = new Map(
  [
    'resources',
    'bases',
    'components',
    'namespace',
    'namePrefix',
    'nameSuffix',
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
    'replacements',
    'configMapGenerator',
    'secretGenerator',
    'generators',
    'transformers',
    'validators',
    'helmCharts',
    'helmChartInflationGenerator',
    'vars',
    'configurations',
    'crds',
    'kind',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Text entries of one list field; other entries are the schema's business. */
export function entriesOf(fields: JsonValue | undefined, field: string): Entry[] {
  const entries: Entry[] = [];
  itemsAt(fields, field).forEach((item, index) => {
    if (typeof item === 'string' && item !== '') entries.push({ text: item, path: [field, index] });
  });
  return entries;
}

/** True when the field is given and holds something. */
export function hasField(fields: JsonObject, field: string): boolean {
  const value = fields.get(field);
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return isObject(value) ? value.size > 0 : true;
}

/** True for what kustomize would fetch: URLs and the git forms of api/internal/git/repospec.go. */
export function isRemote(entry: string): boolean {
  return (
    /^(https?|ssh|git|file|s3|gcs):\/\//.test(entry) ||
    /^(git::|git@|[\w.-]+@[\w.-]+:)/.test(entry) ||
    /^(github\.com|gitlab\.com|bitbucket\.org)[/:]/.test(entry) ||
    /[?&]ref=/.test(entry)
  );
}
