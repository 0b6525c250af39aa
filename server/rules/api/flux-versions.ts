import { findKind } from '../../../schemas/kinds/index';
import { type KindEntry, type KindVersion } from '../../../schemas/kinds/kind';
import { type FluxRelease, fluxReleases, newestFlux, spanHolds } from '../../../schemas/release';
import { type DeclaredObject, declaredObjects } from '../declared-objects';
import { type DocumentContext, type Report } from '../rule';
import { migrateObject } from './migrations';

/** An object of one of Flux's kinds in a version that some release has served. */
export interface FluxObject {
  readonly object: DeclaredObject;
  readonly entry: KindEntry;
  readonly version: KindVersion;
  readonly path: readonly (string | number)[];
}

/** The document's objects of Flux's kinds; those of a version no release ever had are left out. */
export function fluxObjects(context: DocumentContext): FluxObject[] {
  return declaredObjects(context).flatMap((object) => {
    const path = [...object.at, 'apiVersion'];
    const entry = findKind(object.group, object.kind);
    const version = entry?.versions.find(({ name }) => name === object.version);
    return entry === undefined || version === undefined || context.isUnknown(path)
      ? []
      : [{ object, entry, version, path }];
  });
}

/** First and last release of a span. */
export function endsOf(span: string): { readonly first: FluxRelease; readonly last: FluxRelease } {
  const held = fluxReleases.filter((release) => spanHolds(span, release));
  return { first: held[0] ?? newestFlux, last: held.at(-1) ?? newestFlux };
}

export const isBefore = (a: FluxRelease, b: FluxRelease): boolean => fluxReleases.indexOf(a) < fluxReleases.indexOf(b);

/** The release that follows; undefined after the newest known. */
export const after = (release: FluxRelease): FluxRelease | undefined => fluxReleases[fluxReleases.indexOf(release) + 1];

/** The newest version that every cluster reading the document serves; undefined when that is the written one. */
export function versionToUse({ entry, version }: FluxObject, context: DocumentContext): KindVersion | undefined {
  const releases = context.targets.flatMap(({ release }) => (release === undefined ? [] : [release]));
  const served = entry.versions.find(({ served }) => releases.every((release) => spanHolds(served, release)));
  return served === version ? undefined : served;
}

/** The version text and every field that changes with it; absent when a field has no mechanical successor. */
export function migration(flux: FluxObject, context: DocumentContext): Pick<Report, 'fix'> {
  const to = versionToUse(flux, context);
  const edits = to && migrateObject(context.document, flux.object, to.name);
  return edits === undefined || to === undefined ? {} : { fix: { title: `Migrate to ${to.name}`, edits } };
}
