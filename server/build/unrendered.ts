import { type FilePath } from '../model/file-path';
import { itemsAt, type JsonObject, objectAt, type Path } from '../model/json';
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
  let marked = replacementTargets(fields, drafts);
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

function replacementTargets(fields: JsonObject, drafts: Draft[]): Draft[] {
  let marked = drafts;
  for (const replacement of itemsAt(fields, 'replacements')) {
    const targets = itemsAt(replacement, 'targets');
    if (targets.length === 0) {
      // The replacement stands in a file of its own.
      marked = marked.map((draft) => withUnknown(draft, 'everything'));
    }
    for (const target of targets) {
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
