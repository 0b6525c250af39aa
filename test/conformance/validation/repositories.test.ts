import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { schemaFor } from '../../../schemas/assemble';
import { findKind, findTable } from '../../../schemas/kinds';
import { newestFlux } from '../../../schemas/release';
import { type JsonData } from '../../../schemas/schema';
import { isObject, stringAt, type JsonObject } from '../../../server/model/json';
import { splitApiVersion } from '../../../server/model/resource-id';
import { hasVariable } from '../../../server/scalars/envsubst';
import { createCatalog, type SchemaCatalog } from '../../../server/validation/catalog';
import { schemasOfCrd, type DefinedKind } from '../../../server/validation/crd';
import { fromData } from '../../../server/validation/equality';
import { describeFault } from '../../../server/validation/messages';
import { validateObject, type ObjectOptions } from '../../../server/validation/metadata';
import { generate } from '../../unit/validation/load-generated';

const repositories = '../shared/repos';
const rendered = '../shared/oracle/kustomize-5.8.1';
const skip = (!existsSync(repositories) || !existsSync(rendered)) && 'no ../shared/repos or ../shared/oracle';

interface Found {
  readonly file: string;
  readonly object: JsonObject;
}

function objectsOf(folder: string): Found[] {
  const found: Found[] = [];
  for (const file of readdirSync(folder, { recursive: true }).map(String).sort()) {
    if (!/\.ya?ml$/.test(file) || file.includes('.git/') || !statSync(join(folder, file)).isFile()) continue;
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'), {
      logLevel: 'silent',
      merge: true,
    })) {
      if (!('toJS' in document) || document.errors.length > 0) continue;
      const object = fromData(document.toJS({ maxAliasCount: 1000 }) as JsonData);
      if (isObject(object) && stringAt(object, 'apiVersion') !== undefined && stringAt(object, 'kind') !== undefined)
        found.push({ file, object });
    }
  }
  return found;
}

async function catalogOver(objects: readonly Found[]): Promise<SchemaCatalog> {
  const kubernetes = await generate();
  const defined = new Map<string, DefinedKind[]>();
  for (const { object } of objects)
    for (const kind of schemasOfCrd(object)) {
      const key = `${kind.group}/${kind.kind}`;
      const others = (defined.get(key) ?? []).filter(({ version }) => version !== kind.version);
      defined.set(key, [...others, kind]);
    }
  return createCatalog({
    definedKinds: (group, kind) => defined.get(`${group}/${kind}`) ?? [],
    fluxKind: findKind,
    fluxSchema: (group, version, kind, release) => {
      const table = findTable(group, kind);
      return table && schemaFor(table, version, release);
    },
    kubernetes: () => kubernetes,
  });
}

const isUnknown = (text: string): boolean =>
  hasVariable(text) || text.startsWith('ENC[') || text.includes('{{') || text.includes('REPLACE');

function judge(catalog: SchemaCatalog, objects: readonly Found[], options: (file: string) => ObjectOptions): string[] {
  const faults: string[] = [];
  const statuses = new Map<string, number>();
  for (const { file, object } of objects) {
    const { group, version } = splitApiVersion(stringAt(object, 'apiVersion') ?? '');
    const kind = stringAt(object, 'kind') ?? '';
    const found = catalog.find(group, version, kind, newestFlux);
    const status = found === undefined ? 'unknown' : `${found.source} ${found.status}`;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const schema = found?.status === 'unknown-version' ? undefined : found?.schema;
    const plain = new Map([...object].filter(([key]) => key !== 'sops'));
    for (const fault of validateObject(schema, plain, { isUnknown, ...options(file) }))
      faults.push(`${file}: ${kind} ${stringAt(object, 'metadata', 'name') ?? ''}: ${describeFault(fault, '')}`);
  }
  console.log([...statuses].map(([status, count]) => `${count} ${status}`).join(', '), `${faults.length} faults`);
  return faults;
}

// Every fault that was found, and why it is there.
const explained = [
  // Flux Operator, which installs Flux there, patches its own kinds into the definition.
  /^onedr0p.*: Alert alertmanager: spec\.eventSources\[0\]\.kind is FluxInstance/,
  // Patches of the parent Kustomization, which kustomize alone does not apply, add both.
  /^xunholy.*: Kustomization [\w-]+: spec lacks the field (?:prune|interval), which is required\.$/,
  /^fluxcd\+flux2-kustomize-helm-example\/.*: Kustomization [\w-]+: spec lacks the field/,
];

const unexplained = (faults: readonly string[]): string[] =>
  faults.filter((fault) => !explained.some((known) => known.test(fault)));

// Patches lack what their target has; templates of charts are no YAML.
const isFragment = (file: string): boolean => /patch|\/templates\//i.test(file);

test('objects as written have the faults that are known', { skip }, async () => {
  const objects = objectsOf(repositories);
  const catalog = await catalogOver(objects);
  // Whether something is missing is only known after rendering.
  const faults = judge(catalog, objects, () => ({ partial: true, identityIsFinal: false }));
  assert.deepEqual(unexplained(faults), []);
});

test('rendered objects have the faults that are known', { skip }, async () => {
  const objects = objectsOf(rendered);
  const catalog = await catalogOver(objects);
  const faults = judge(catalog, objects, (file) => ({ partial: isFragment(file) }));
  assert.deepEqual(unexplained(faults), []);
});
