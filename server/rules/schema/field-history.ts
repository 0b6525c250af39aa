import { fieldHistory } from '../../../schemas/assemble';
import { findTable } from '../../../schemas/kinds/index';
import { type FluxRelease, fluxReleases, spanHolds } from '../../../schemas/release';
import { type Availability } from '../../../schemas/field-table';
import { type Path } from '../../model/json';
import { type DeclaredObject } from '../declared-objects';

/** The versions and releases that have a field, from our tables; undefined for kinds of others and unknown fields. */
function historyOf({ group, kind }: DeclaredObject, path: Path): Availability | undefined {
  const table = findTable(group, kind);
  if (table === undefined) return undefined;
  const text = path.map((step) => (typeof step === 'number' ? '[]' : `.${step}`)).join('');
  return fieldHistory(table, text.slice(1));
}

/** First release after `release` that has the field in the object's version; undefined when none does. */
export function neededRelease(object: DeclaredObject, path: Path, release: FluxRelease): FluxRelease | undefined {
  const span = historyOf(object, path)?.[object.version];
  if (span === undefined) return undefined;
  const later = fluxReleases.slice(fluxReleases.indexOf(release) + 1);
  return later.find((other) => spanHolds(span, other));
}

/** Other versions of the kind that have the field: it was left behind by a migration. */
export function versionsWith(object: DeclaredObject, path: Path): readonly string[] {
  return Object.keys(historyOf(object, path) ?? {}).filter((version) => version !== object.version);
}
