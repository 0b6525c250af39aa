import { describe, parseResourceKey, type ResourceKey } from '../../model/resource-id';
import { plain } from '../io';
import { type ServedSource } from '../../workspace/sources/served-sources';
import { type GraphReference } from './collect';

/** `Kustomization flux-system/apps`, safe to print. */
export function label(key: ResourceKey): string {
  const id = parseResourceKey(key);
  return plain(id === undefined ? key : describe(id));
}

/** `namespace/name` without the kind. */
export function shortLabel(key: ResourceKey): string {
  const id = parseResourceKey(key);
  return plain(id === undefined ? key : id.namespace === '' ? id.name : `${id.namespace}/${id.name}`);
}

const mark: Readonly<Record<GraphReference['state'], string>> = {
  found: '',
  missing: ' (missing)',
  elsewhere: ' (not in Git)',
  unknown: ' (not known)',
};

/** `dependsOn flux-system/infra (missing)`: the references of an object by role, those to the own kind shortened. */
export function referenceNotes(references: readonly GraphReference[]): string[] {
  const byRole = new Map<string, string[]>();
  for (const { role, to, state } of references) {
    const text = (role === 'dependsOn' ? shortLabel(to) : label(to)) + mark[state];
    byRole.set(role, [...(byRole.get(role) ?? []), text]);
  }
  return [...byRole].map(([role, targets]) => `${role} ${targets.join(', ')}`);
}

/** What was inferred of a source: which folder it serves, and what that is taken from. */
export function inferenceNote({ key, served: { folder, isGuessed, pushed } }: ServedSource): string {
  const reason =
    pushed !== undefined
      ? `${plain(pushed.file)} pushes it`
      : isGuessed
        ? 'most paths that are read from it exist there'
        : 'the paths that are read from it exist there';
  return `${label(key)} is taken to be ${folder === '' ? 'this repository' : `the folder ${plain(folder)}`}: ${reason}`;
}
