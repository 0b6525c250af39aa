import { isObject, objectAt, stringAt } from '../../model/json';
import { nearest } from '../../model/nearest';
import { type DeclaredObject, declaredObjects } from '../declared-objects';
import { type DocumentRule, type Edit, type Report } from '../rule';
import { type SourceKind, wrongSourceKinds } from './source-kind';

export const refSourceKind: DocumentRule = {
  code: 'ref-source-kind',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A source of a kind is named that cannot be used there.',
  documentation: `Not every source can serve every purpose. A Kustomization reads a GitRepository, an OCIRepository, a Bucket or an ExternalArtifact; the chart template of a HelmRelease (\`spec.chart.spec.sourceRef\`) a HelmRepository, a GitRepository or a Bucket; \`spec.chartRef\` an OCIRepository, a HelmChart or an ExternalArtifact.

The API server refuses the object, and Flux applies nothing of the whole Kustomization.

For a chart in an OCIRepository use \`spec.chartRef\` and no chart template. For a chart in a HelmRepository use the chart template.`,
  check(context) {
    for (const object of declaredObjects(context)) {
      for (const wrong of wrongSourceKinds(object)) {
        const path = [...object.at, ...wrong.path];
        if (context.isUnknown(path)) continue;
        const allowed = wrong.field.kinds.map(({ kind }) => kind);
        const list = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1) ?? ''}`;
        const fix = correction(object, wrong, allowed);
        context.report({
          path,
          message: `${wrong.field.path} of a ${object.kind} cannot name a ${wrong.kind}, only a ${list}. Flux will fail to apply this object.`,
          ...(fix && { fix }),
        });
      }
    }
  },
};

function correction(object: DeclaredObject, wrong: SourceKind, allowed: readonly string[]): Report['fix'] {
  const [near] = nearest(wrong.kind, allowed, 1);
  if (near !== undefined && !sourceKinds.has(wrong.kind)) {
    const edit: Edit = { kind: 'replace', path: [...object.at, ...wrong.path], text: near };
    return { title: `Change to ${near}`, edits: [edit] };
  }
  return wrong.kind === 'OCIRepository' && wrong.field.path === 'spec.chart.spec.sourceRef'
    ? useChartRef(object)
    : undefined;
}

// Kinds that exist are as near to each other as HelmRepository and GitRepository: whoever names one means it.
const sourceKinds = new Set([
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'HelmChart',
  'Bucket',
  'ExternalArtifact',
]);

/** What a template may say besides its source without meaning more than a `chartRef` does. */
const implied = new Set(['chart', 'sourceRef', 'interval', 'version', 'reconcileStrategy']);

/** The chart of an OCIRepository is named by `chartRef`; its version is the tag that the OCIRepository chooses. */
function useChartRef({ at, value }: DeclaredObject): Report['fix'] {
  const template = objectAt(value, 'spec', 'chart', 'spec');
  const name = stringAt(template, 'sourceRef', 'name');
  const spec = objectAt(value, 'spec');
  if (template === undefined || name === undefined || spec?.has('chartRef') !== false) return undefined;
  const chart = objectAt(spec, 'chart');
  if (!isObject(chart) || chart.size > 1 || [...template.keys()].some((key) => !implied.has(key))) return undefined;
  const namespace = stringAt(template, 'sourceRef', 'namespace');
  const lines = [
    'kind: OCIRepository',
    `name: ${name}`,
    ...(namespace === undefined ? [] : [`namespace: ${namespace}`]),
  ];
  const path = [...at, 'spec'];
  return {
    title: 'Use chartRef',
    edits: [
      { kind: 'remove', path: [...path, 'chart'] },
      { kind: 'insert', path, key: 'chartRef', yaml: lines.join('\n') },
    ],
  };
}
