import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { schemaFor } from '../../../schemas/assemble';
import { type FieldTable } from '../../../schemas/field-table';
import { fileTables } from '../../../schemas/file-tables';
import { findTable } from '../../../schemas/kinds/index';
import { fluxReleases, newestFlux } from '../../../schemas/release';
import { type JsonValue } from '../../../server/model/json';
import { asObject } from '../../../server/validation/metadata';
import { validate } from '../../../server/validation/validate';
import { readSharedRepos } from '../yaml/shared-repos';

// A layer above may add what is missing in a file, so that is not counted. The first fault is real: SOPS knows no
// `unencrypted-regex` and encrypts everything. The second is not: Flux Operator adds its kinds to the definition of
// Alert that it installs, which a rule of ours knows and the released definition does not.
const knownFaults = [
  '.sops.yaml unknown-field creation_rules.0.unencrypted-regex',
  'Alert enum spec.eventSources.0.kind',
];

interface Text {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly sops?: unknown;
}

/** The tables that a document is judged by, with the value they are about. */
function* judgedBy(file: string, value: Text): Generator<readonly [string, FieldTable | undefined, string, unknown]> {
  const { apiVersion = '', kind = 'Kustomization', sops, ...rest } = value;
  if (typeof sops === 'object' && sops !== null) yield ['stanza', fileTables.sopsStanza(), '', sops];
  if (file === '.sops.yaml') yield [file, fileTables.sopsConfig(), '', value];
  else if (/^kustomization\.ya?ml$/.test(file) && !String(apiVersion).includes('toolkit')) {
    const version = kind === 'Component' ? 'v1alpha1' : 'v1beta1';
    yield [file, findTable('kustomize.config.k8s.io', String(kind)), version, value];
  } else {
    const [group = '', version = ''] = String(apiVersion).split('/');
    yield [String(kind), findTable(group, String(kind)), version, { apiVersion, kind, ...rest }];
  }
}

function toValue(data: unknown): JsonValue {
  if (Array.isArray(data)) return data.map(toValue);
  if (data instanceof Date) return data.toISOString();
  if (typeof data !== 'object' || data === null) return data as JsonValue;
  return new Map(Object.entries(data).map(([key, entry]) => [key, toValue(entry)]));
}

const isTemplate = (text: string): boolean => /\$\{|\{\{|<<|ENC\[/.test(text);

const repos = readSharedRepos();

describe('files of public repositories are free of faults', { skip: repos === undefined }, () => {
  test('Flux, Flux Operator, kustomize, SOPS', (context) => {
    const faults = new Set<string>();
    let judged = 0;
    for (const { path, text } of repos ?? []) {
      for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
        if (!('contents' in document) || document.errors.length > 0) continue;
        const value: unknown = document.toJS();
        if (typeof value !== 'object' || value === null) continue;
        for (const [name, table, version, subject] of judgedBy(basename(path), value)) {
          if (table === undefined) continue;
          const release = fluxReleases.findLast((one) => schemaFor(table, version, one) !== undefined) ?? newestFlux;
          const schema = schemaFor(table, version, release);
          assert.ok(schema, `${path}: ${name} ${version} is served by no release`);
          const isObject = table.group.endsWith('.fluxcd.io') || table.group.endsWith('.controlplane.io');
          judged++;
          for (const fault of validate(isObject ? asObject(schema) : schema, toValue(subject), {
            isUnknown: isTemplate,
          }))
            if (fault.code !== 'missing-required') faults.add(`${name} ${fault.code} ${fault.path.join('.')}`);
        }
      }
    }
    context.diagnostic(`${judged} documents`);
    assert.ok(judged > 1000);
    assert.deepEqual([...faults].sort(), knownFaults);
  });
});
