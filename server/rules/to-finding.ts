import { type FilePath } from '../model/file-path';
import { type Finding } from '../model/finding';
import { type FluxTarget } from '../workspace/cluster';
import { type Configuration } from '../workspace/configuration';
import { type YamlFile } from '../yaml/file';
import { placeFix, placeRelated, placeReport, type Subject } from './place-report';
import { type Report, type Rule } from './rule';
import { weigh } from './weigh';

/** What surrounds a report. */
export interface Surroundings {
  readonly configuration: Configuration;
  readonly read: (file: FilePath) => YamlFile | undefined;
  readonly targets: readonly FluxTarget[];
  readonly clusters: readonly string[] | undefined;
  readonly resource: string | undefined;
}

/** A report as a finding; undefined when it holds in none of the versions, is switched off, or its place is gone. */
export function toFinding(rule: Rule, report: Report, subject: Subject, around: Surroundings): Finding | undefined {
  const weight = weigh(rule, report, around.targets, around.configuration);
  const place = weight && placeReport(report, subject, around.read);
  if (weight === undefined || place === undefined) return undefined;
  const related = placeRelated(report, subject, around.read);
  const fix = placeFix(report, subject, around.read);
  return {
    code: rule.code,
    severity: weight.severity,
    certainty: weight.certainty,
    ...place,
    message: report.message + weight.note,
    ...(around.resource === undefined ? {} : { resource: around.resource }),
    ...(around.clusters === undefined ? {} : { clusters: around.clusters }),
    ...(related.length === 0 ? {} : { related }),
    ...(report.isUnnecessary === true && { isUnnecessary: true }),
    ...(fix === undefined ? {} : { fix }),
  };
}
