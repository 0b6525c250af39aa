import { type Finding } from '../../model/finding';
import { type Range } from '../../model/text';
import { type Cluster, type RenderedCluster } from '../../workspace/cluster';
import { createFingerprints } from './fingerprint';
import { type Summary } from './summary';

/** The public form of a cluster; fields are only ever added. */
export function clusterForm({ path, name, flux, evidence }: Cluster): object {
  return {
    path,
    name,
    fluxVersion: flux.text,
    fluxVersionKnown: flux.isKnown,
    fluxVersionEvidence: flux.evidence,
    evidence: evidence.map(({ kind, at, text }) => ({ kind, file: at.file, text })),
  };
}

const rangeForm = ({ start, end }: Range): object => ({
  start: { line: start.line, character: start.character },
  end: { line: end.line, character: end.character },
});

function findingForm(finding: Finding, fingerprint: string): object {
  const { code, severity, certainty, file, range, message, resource, clusters, related, fix } = finding;
  return {
    code,
    severity,
    certainty,
    file,
    range: rangeForm(range),
    message,
    ...(resource === undefined ? {} : { resource }),
    ...(clusters === undefined ? {} : { clusters }),
    ...(related === undefined
      ? {}
      : { related: related.map((place) => ({ ...place, range: rangeForm(place.range) })) }),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            title: fix.title,
            edits: fix.edits.map((edit) => ({ file: edit.file, range: rangeForm(edit.range), newText: edit.newText })),
          },
        }),
    fingerprint,
  };
}

/** The one object that `check --format json` prints; fields are only ever added. */
export function jsonReport(
  root: string,
  findings: readonly Finding[],
  clusters: readonly Pick<RenderedCluster, 'cluster'>[],
  summary: Summary,
): string {
  const fingerprint = createFingerprints();
  const report = {
    version: 1,
    root,
    findings: findings.map((finding) => findingForm(finding, fingerprint(finding))),
    clusters: clusters.map(({ cluster }) => clusterForm(cluster)),
    summary,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
