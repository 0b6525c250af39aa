import { fluxReleases, newestFlux, spanHolds } from '../../schemas/release';
import { type Certainty, type Severity } from '../model/finding';
import { type Configuration } from '../workspace/configuration';
import { type FluxTarget } from '../workspace/cluster';
import { type Report, type Rule } from './rule';

/** What a report amounts to for the clusters it concerns. */
export interface Weight {
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** Added to the message: which release it needs to be a fault. */
  readonly note: string;
}

type Holds = 'yes' | 'newest-only' | 'no';

function holds(rule: Rule, report: Report, target: FluxTarget): Holds {
  const { flux } = rule;
  const { releases } = report;
  if (flux === undefined && releases === undefined) return 'yes';
  // What no table knows is not judged.
  if (target.release === undefined) return 'no';
  const isFault = (release: (typeof fluxReleases)[number]): boolean =>
    (flux === undefined || spanHolds(flux, release)) && (releases === undefined || releases(release));
  if (!isFault(target.release)) return 'no';
  return target.isKnown || fluxReleases.every(isFault) ? 'yes' : 'newest-only';
}

/**
 * Weighs a report against the versions of the clusters (design 2, "Flux version per cluster") and the configuration.
 * Without evidence of a version a fault that not every release has is a warning that names the newest one.
 * @returns undefined when it is a fault in none of them, or switched off.
 */
export function weigh(
  rule: Rule,
  report: Report,
  targets: readonly FluxTarget[],
  configuration: Configuration,
): Weight | undefined {
  const configured = configuration.rules[rule.code];
  if (configured === 'off') return undefined;
  const verdicts = targets.map((target) => holds(rule, report, target));
  if (!verdicts.includes('yes') && !verdicts.includes('newest-only')) return undefined;
  const isAssumed = !verdicts.includes('yes');
  const stated = configured ?? report.severity ?? rule.severity;
  return {
    severity: isAssumed && stated === 'error' ? 'warning' : stated,
    certainty: report.certainty ?? rule.certainty,
    note: isAssumed ? ` Nothing says which Flux runs here; ${newestFlux} is assumed.` : '',
  };
}
