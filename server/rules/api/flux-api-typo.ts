import { findKind, kinds } from '../../../schemas/kinds/index';
import { newestFlux } from '../../../schemas/release';
import { nearest } from '../../model/nearest';
import { type DeclaredObject, declaredObjects } from '../declared-objects';
import { type DocumentRule, type Report } from '../rule';

export const fluxApiTypo: DocumentRule = {
  code: 'flux-api-typo',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A group, kind or version looks like one of Flux but is none.',
  documentation: `The kind does not belong to the API group beside it, or one of the two is misspelt, or the version never existed.

Applying the object fails ("no matches for kind"), and with it everything else the Kustomization applies.

Correct the group, the kind or the version.`,
  check(context) {
    for (const object of declaredObjects(context)) {
      if (context.schemas.find(object.group, object.version, object.kind, newestFlux)?.source === 'workspace') continue;
      const report = judge(object);
      if (report !== undefined) context.report(report);
    }
  },
};

const groups = [...new Set(kinds.map(({ group }) => group))];

function judge(object: DeclaredObject): Report | undefined {
  const entry = findKind(object.group, object.kind);
  if (entry !== undefined) {
    if (entry.versions.some(({ name }) => name === object.version)) return undefined;
    const versions = entry.versions.map(({ name }) => name);
    const [version = ''] = versions;
    const message = `${object.kind} never had the version ${object.version}. Flux will fail to apply this object.`;
    return { path: [...object.at, 'apiVersion'], message, fix: change(object, { group: object.group, version }) };
  }
  return groups.includes(object.group) ? wrongKind(object) : wrongGroup(object);
}

/** A group of Flux that does not have the kind. */
function wrongKind(object: DeclaredObject): Report {
  const owners = kinds.filter(({ kind }) => kind === object.kind);
  const [owner] = owners;
  if (owner !== undefined) {
    return {
      path: [...object.at, 'apiVersion'],
      message: `${object.kind} belongs to the group ${owner.group}, not to ${object.group}. Flux will fail to apply this object.`,
      fix: change(object, { group: owner.group, version: owner.versions[0]?.name ?? '' }),
    };
  }
  const [near] = nearest(
    object.kind,
    kinds.filter(({ group }) => group === object.group).map(({ kind }) => kind),
    1,
  );
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  const path = [...object.at, 'kind'];
  return {
    path,
    message: `The group ${object.group} has no kind ${object.kind}. Flux will fail to apply this object.${hint}`,
    ...(near !== undefined && { fix: { title: `Change to ${near}`, edits: [{ kind: 'replace', path, text: near }] } }),
  };
}

/** A kind of Flux in a group that is nearly, but not quite, one of Flux. */
function wrongGroup(object: DeclaredObject): Report | undefined {
  // Cheap, and true for next to nothing that is not Flux's.
  if (!groups.some((group) => isSlip(object.group, group))) return undefined;
  const [group] = nearest(
    object.group,
    groups.filter((candidate) => Math.abs(candidate.length - object.group.length) <= 2),
    1,
  );
  if (group === undefined || !isSlip(object.group, group)) return undefined;
  const known = findKind(group, object.kind);
  const version = known?.versions.find(({ name }) => name === object.version)?.name ?? known?.versions[0]?.name;
  if (version === undefined) return undefined;
  return {
    path: [...object.at, 'apiVersion'],
    message: `${object.group} is not a group of Flux. Flux will fail to apply this object. Did you mean ${group}?`,
    fix: change(object, { group, version }),
  };
}

/** Others have groups below `fluxcd.io` too: only groups that differ in a letter or two are taken for slips. */
function isSlip(written: string, group: string): boolean {
  const parts = written.split('.');
  const expected = group.split('.');
  const differing = expected.filter((part, index) => part !== parts[index]);
  return parts.length === expected.length && differing.length === 1;
}

function change(object: DeclaredObject, to: { group: string; version: string }): NonNullable<Report['fix']> {
  const text = `${to.group}/${to.version}`;
  return { title: `Change to ${text}`, edits: [{ kind: 'replace', path: [...object.at, 'apiVersion'], text }] };
}
