import { type FilePath } from '../model/file-path';
import { isArray, itemsAt, type JsonObject, type JsonValue, objectAt, type Path, stringAt } from '../model/json';
import { valueOf } from '../yaml/scalar';
import { type HoleProvides } from './build';
import { type Draft, withUnknown } from './draft';
import { entriesOf, hasField } from './kustomization-file';
import { select } from './selector';
import { type Session } from './session';

const kinds = (...names: string[]): HoleProvides => ({
  kind: 'kinds',
  kinds: names.map((kind) => ({ group: '', kind })),
});

/** Fields whose result is not rendered, and what they may add to the set. */
const additions: readonly (readonly [field: string, provides: HoleProvides])[] = [
  ['configMapGenerator', kinds('ConfigMap')],
  ['secretGenerator', kinds('Secret')],
  ['generators', { kind: 'anything' }],
  ['transformers', { kind: 'anything' }],
  ['validators', { kind: 'anything' }],
  ['helmCharts', { kind: 'anything' }],
  ['helmChartInflationGenerator', { kind: 'anything' }],
];

/**
 * Holes for the fields of a kustomization that are not rendered yet, with the effects of design 2: replacements may
 * change the fields they name, variables and transformers any field, generators add objects.
 */
export function markUnrendered(
  session: Session,
  file: FilePath,
  fields: JsonObject,
  drafts: Draft[],
  resolve: (path: string) => FilePath | undefined,
): Draft[] {
  for (const [field, provides] of additions) {
    if (!hasField(fields, field)) continue;
    const message = `${field} of ${file} is not rendered yet.`;
    session.holes.push({ reason: 'not-rendered-yet', message, provides, at: { file, document: 0, path: [field] } });
  }
  for (const field of ['configMapGenerator', 'secretGenerator']) useGeneratorFiles(session, fields, field, resolve);
  checkFiles(session, file, fields, resolve);
  const replacements = readReplacements(session, fields, resolve);
  let marked =
    replacements === undefined
      ? drafts.map((draft) => withUnknown(draft, 'everything'))
      : replacementTargets(replacements, drafts);
  if (hasField(fields, 'transformers') || hasField(fields, 'vars')) {
    marked = marked.map((draft) => withUnknown(draft, 'everything'));
  }
  return marked;
}

function useGeneratorFiles(
  session: Session,
  fields: JsonObject,
  field: string,
  resolve: (path: string) => FilePath | undefined,
): void {
  for (const generator of itemsAt(fields, field)) {
    for (const list of ['files', 'envs']) {
      for (const { text } of entriesOf(generator, list)) {
        const target = resolve(text.slice(text.indexOf('=') + 1));
        const path = target === undefined ? undefined : session.tree.repositoryPath(target);
        if (path !== undefined && session.stat(target ?? '') === 'file') session.use(path, 'data');
      }
    }
  }
}

/** Files that these fields name must exist, though what they say is not rendered yet. */
function checkFiles(
  session: Session,
  file: FilePath,
  fields: JsonObject,
  resolve: (path: string) => FilePath | undefined,
): void {
  for (const field of ['configurations', 'crds', 'generators', 'transformers', 'validators']) {
    for (const { text, path } of entriesOf(fields, field)) {
      if (text.includes('\n')) continue;
      const target = resolve(text);
      if (target === undefined) continue;
      const kind = session.stat(target);
      const used = session.tree.repositoryPath(target);
      if (kind === 'file' && used !== undefined) session.use(used, 'data');
      if (kind === 'missing') {
        const data = { entry: text, resolved: target, field };
        session.faults.push({ code: 'kustomize-resource-missing', file, document: 0, path, part: 'value', data });
      }
    }
  }
}

function replacementTargets(replacements: readonly JsonValue[], drafts: Draft[]): Draft[] {
  let marked = drafts;
  for (const replacement of replacements) {
    for (const target of itemsAt(replacement, 'targets')) {
      const selector = objectAt(target, 'select');
      const paths: Path[] = itemsAt(target, 'fieldPaths').map((path) =>
        typeof path === 'string' && !/[[*\\]/.test(path) ? path.split('.') : [],
      );
      if (paths.length === 0) paths.push(['metadata', 'name']);
      marked = marked.map((draft) =>
        selector !== undefined && select(selector, draft) === 'not-selected' ? draft : withUnknown(draft, paths),
      );
    }
  }
  return marked;
}

/** Replacements in line and in the files they name; undefined when one of those cannot be read. */
function readReplacements(
  session: Session,
  fields: JsonObject,
  resolve: (path: string) => FilePath | undefined,
): readonly JsonValue[] | undefined {
  const replacements: JsonValue[] = [];
  for (const item of itemsAt(fields, 'replacements')) {
    const path = stringAt(item, 'path');
    if (path === undefined) {
      replacements.push(item);
      continue;
    }
    const target = resolve(path);
    const file = target === undefined ? undefined : session.tree.yaml(target);
    const document = file?.documents[0]?.document;
    if (file === undefined || document?.root === undefined || document.faults.length > 0) return undefined;
    session.use(file.path, 'patch');
    const value = valueOf(document, document.root);
    replacements.push(...(isArray(value) ? value : [value]));
  }
  return replacements;
}
