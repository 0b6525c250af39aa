import { type Hole, type HoleProvides, type RenderedObject } from '../build/build';
import { itemsAt, objectAt, stringAt } from '../model/json';
import { splitApiVersion } from '../model/resource-id';
import { operatorGroup, sourceGroup, kustomizeGroup } from './entry-point';

const at = (object: RenderedObject): Hole['at'] =>
  object.resource && { file: object.resource.file, document: object.resource.document, path: ['spec'] };

/** Charts that make Flux objects; every other chart makes none of the kinds that are expected in Git. */
const instanceChart = 'flux-instance';
const syncCharts = new Set(['flux2-sync', instanceChart]);

const syncKinds: HoleProvides = {
  kind: 'kinds',
  kinds: [
    { group: sourceGroup, kind: 'GitRepository' },
    { group: sourceGroup, kind: 'OCIRepository' },
    { group: sourceGroup, kind: 'Bucket' },
    { group: kustomizeGroup, kind: 'Kustomization' },
  ],
};

function kindsOfResourceSet(object: RenderedObject): HoleProvides {
  const parts = [objectAt(object.value, 'spec'), ...itemsAt(object.value, 'spec', 'steps')];
  const resources = parts.flatMap((part) => itemsAt(part, 'resources'));
  const template = parts.map((part) => stringAt(part, 'resourcesTemplate') ?? '').join('\n---\n');
  const kinds = resources.map((resource) => ({
    group: splitApiVersion(stringAt(resource, 'apiVersion') ?? '').group,
    kind: stringAt(resource, 'kind') ?? '',
  }));
  // Objects of a template name their kinds at the start of a line, unless the template makes them up too.
  for (const piece of template.split(/^---.*$/m)) {
    if (!/\S/.test(piece.replace(/<<.*?>>/gs, ''))) continue;
    const group = splitApiVersion(/^apiVersion:[ \t]*(\S+)[ \t]*$/m.exec(piece)?.[1] ?? '').group;
    kinds.push({ group, kind: /^kind:[ \t]*(\S+)[ \t]*$/m.exec(piece)?.[1] ?? '' });
  }
  const isTemplated = kinds.some(({ group, kind }) => kind === '' || `${group}${kind}`.includes('<<'));
  return isTemplated || kinds.length === 0 ? { kind: 'anything' } : { kind: 'kinds', kinds };
}

/**
 * What an object makes in the cluster that the files do not show: charts, ResourceSets, a FluxInstance.
 * @param isInstanceRead the sync of the FluxInstance was read as the cluster's entry point, so that its objects stand.
 */
export function holeBehind(object: RenderedObject, isInstanceRead: boolean): Hole | undefined {
  const { group, kind, name } = object.id;
  if (group === operatorGroup && kind === 'ResourceSet') {
    const message = `ResourceSet ${name} makes objects from inputs that are not in this repository, or in ways that are not rendered.`;
    return { reason: 'inputs', message, provides: kindsOfResourceSet(object), at: at(object) };
  }
  if (kind === 'HelmRelease') {
    const chart =
      stringAt(object.value, 'spec', 'chart', 'spec', 'chart') ?? stringAt(object.value, 'spec', 'chartRef', 'name');
    if (chart === undefined || !syncCharts.has(chart) || (chart === instanceChart && isInstanceRead)) return undefined;
    return { reason: 'helm', message: `The chart ${chart} makes Flux objects.`, provides: syncKinds, at: at(object) };
  }
  if (group === operatorGroup && kind === 'FluxInstance' && !isInstanceRead) {
    return {
      reason: 'inputs',
      message: 'The FluxInstance makes the sync objects.',
      provides: syncKinds,
      at: at(object),
    };
  }
  return undefined;
}
