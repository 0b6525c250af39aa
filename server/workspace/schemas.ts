import { schemaFor } from '../../schemas/assemble';
import { findKind, findTable } from '../../schemas/kinds/index';
import { type DocumentRef } from '../model/resource';
import { createCatalog, type SchemaCatalog } from '../validation/catalog';
import { type DefinedKind, schemasOfCrd } from '../validation/crd';
import { type Kubernetes } from '../validation/kubernetes';
import { valueOf } from '../yaml/scalar';
import { baseName } from '../model/file-path';
import { type Snapshot } from './snapshot';

/** The schemas that hold in a workspace; the same catalogue while its resource definitions stay the same. */
export interface WorkspaceSchemas {
  catalog(snapshot: Snapshot | undefined): SchemaCatalog;
}

/**
 * Definitions in the workspace by API group, read when a kind of the group is first asked. Those that Flux's own
 * installation writes are left to our tables, which the release of the cluster selects (they are equal, by test).
 */
function definedKinds(snapshot: Snapshot): (group: string, kind: string) => readonly DefinedKind[] {
  const byGroup = new Map<string, DocumentRef[]>();
  for (const ref of snapshot.definitions) {
    if (baseName(ref.file) === 'gotk-components.yaml') continue;
    for (const resource of snapshot.facts(ref.file)?.documents[ref.document]?.resources ?? []) {
      const group = resource.id.name.slice(resource.id.name.indexOf('.') + 1);
      const refs = byGroup.get(group);
      if (refs === undefined) byGroup.set(group, [ref]);
      else refs.push(ref);
    }
  }
  const read = new Map<string, readonly DefinedKind[]>();
  return (group, kind) => {
    const refs = byGroup.get(group);
    if (refs === undefined) return [];
    let kinds = read.get(group);
    if (kinds === undefined) {
      kinds = refs.flatMap((ref) => {
        const document = snapshot.yaml(ref.file)?.documents[ref.document]?.document;
        return document?.root === undefined ? [] : schemasOfCrd(valueOf(document, document.root));
      });
      read.set(group, kinds);
    }
    return kinds.filter((defined) => defined.kind === kind);
  };
}

/** @param kubernetes the generated schemas of built-in kinds; undefined where they are not at hand. */
export function createSchemas(kubernetes: () => Kubernetes | undefined): WorkspaceSchemas {
  let kept: { readonly definitions: readonly DocumentRef[]; readonly catalog: SchemaCatalog } | undefined;
  const none: readonly DocumentRef[] = [];
  return {
    catalog: (snapshot) => {
      const definitions = snapshot?.definitions ?? none;
      if (kept?.definitions !== definitions) {
        const catalog = createCatalog({
          definedKinds: snapshot === undefined ? () => [] : definedKinds(snapshot),
          fluxKind: findKind,
          fluxSchema: (group, version, kind, release) => {
            const table = findTable(group, kind);
            return table && schemaFor(table, version, release);
          },
          kubernetes,
        });
        kept = { definitions, catalog };
      }
      return kept.catalog;
    },
  };
}
