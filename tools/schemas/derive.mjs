// @ts-check
// Writes the structure of every Flux and Flux Operator kind into schemas/: node tools/schemas/derive.mjs [CRD_FOLDER]
// Structure comes from the CRDs of every release; the notes (description, scalar, reference, example, deprecated) are
// hand-written in the same files and survive. A row whose field is gone from all CRDs is dropped, with a warning.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { operatorReleases, readCrds } from './read-crds.mjs';
import { printTable } from './print-table.mjs';
import { factsOf } from './crd-facts.mjs';
import { spansOf } from './spans.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const crds = process.argv[2] ?? join(root, '..', 'shared', 'crds');
const notes = ['description', 'scalar', 'reference', 'example', 'deprecated'];

/** @param {string} kind */
const fileName = (kind) => kind.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();

/** @param {import('./read-crds.mjs').StoredVersion} crd */
const fileOf = ({ release, kind }) =>
  join(root, 'schemas', release === operatorReleases ? 'flux-operator' : 'flux', `${fileName(kind)}.fields.json`);

/** @type {Map<string, import('./read-crds.mjs').StoredVersion[]>} */
const files = new Map();
const stored = readCrds(crds);
const newest = Math.max(...stored.map(({ release }) => Number(release.split('.')[1] ?? 0)));
for (const crd of stored) {
  const file = fileOf(crd);
  files.set(file, [...(files.get(file) ?? []), crd]);
}

for (const [file, versions] of files) {
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).fields : {};
  const { group, kind } = /** @type {import('./read-crds.mjs').StoredVersion} */ (versions[0]);
  /** @type {Record<string, object>} */
  const fields = {};
  for (const [path, row] of rowsOf(versions)) {
    fields[path] = {
      ...row,
      ...Object.fromEntries(notes.filter((n) => kept[path]?.[n] !== undefined).map((n) => [n, kept[path][n]])),
    };
  }
  for (const path of Object.keys(kept))
    if (!(path in fields)) console.error(`${kind}: no CRD has ${path}; row dropped`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, printTable({ group, kind, fields }));
}

/**
 * Rows in the order of the newest CRD; what only older versions have stands at the end of its parent.
 * @param {import('./read-crds.mjs').StoredVersion[]} versions
 * @returns {[string, Record<string, unknown>][]}
 */
function rowsOf(versions) {
  /** @typedef {{ children: Map<string, Node>, seen: { version: string, release: string, facts: Record<string, unknown> }[] }} Node */
  /** @type {Node} */
  const top = { children: new Map(), seen: [] };
  for (const { schema, version, release } of versions.toReversed()) {
    /** @type {(node: Node, name: string, schema: any, required: boolean) => void} */
    const visit = (node, name, value, required) => {
      const child = node.children.get(name) ?? { children: new Map(), seen: [] };
      node.children.set(name, child);
      child.seen.push({ version, release, facts: { ...(required ? { required } : {}), ...factsOf(value) } });
      for (const [key, sub] of Object.entries(value.properties ?? {})) {
        visit(child, `.${key}`, sub, value.required?.includes(key) === true);
      }
      if (value.items) visit(child, '[]', value.items, false);
      if (value.additionalProperties) visit(child, '.*', value.additionalProperties, false);
    };
    for (const [key, sub] of Object.entries(schema.properties)) {
      if (key === 'status') visit(top, key, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }, false);
      else if (key === 'spec') visit(top, key, sub, schema.required?.includes(key) === true);
    }
  }
  /** @type {[string, Record<string, unknown>][]} */
  const rows = [];
  /** @type {(node: Node, path: string) => void} */
  const emit = (node, path) => {
    if (path) rows.push([path, rowOf(node.seen)]);
    for (const [name, child] of node.children) emit(child, path + name);
  };
  emit(top, '');
  return rows;
}

/**
 * @param {{ version: string, release: string, facts: Record<string, unknown> }[]} seen newest first
 * @returns {Record<string, unknown>}
 */
function rowOf(seen) {
  const [all, ...more] = spansOf(seen, newest);
  if (all === undefined || more.length > 0)
    throw new Error('a field left a version and came back: one span cannot say so');
  /** @type {Record<string, unknown>} */
  const row = { in: all };
  for (const key of new Set(seen.flatMap(({ facts }) => Object.keys(facts)))) {
    const holders = new Map();
    for (const one of seen) {
      if (!(key in one.facts)) continue;
      const text = JSON.stringify(one.facts[key]);
      holders.set(text, [...(holders.get(text) ?? []), one]);
    }
    const cases = [...holders].flatMap(([text, at]) => spansOf(at, newest).map((span) => [span, JSON.parse(text)]));
    row[key] = JSON.stringify(cases[0]?.[0]) === JSON.stringify(all) ? cases[0]?.[1] : { when: cases };
  }
  return row;
}
