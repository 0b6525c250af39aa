import { type FilePath, joinPath } from '../model/file-path';
import { isObject, itemsAt, type JsonObject, objectAt, stringAt } from '../model/json';
import { resourceKey } from '../model/resource-id';
import { accumulateDirectory, addComponents, findKustomizationFile, type Overlay } from './accumulate';
import {
  type Build,
  type BuildOwner,
  type BuildResult,
  type FluxKustomization,
  originOf,
  type RenderedObject,
} from './build';
import { type ChangeSource, type Draft, hasUnknownIdentity, isUnknownAt, variablePaths, withUnknown } from './draft';
import { accumulateGenerated } from './generated';
import { setNamespace } from './namespace';
import { applyPatches, readPatches } from './patches';
import { Session } from './session';
import { missingTree } from './source-trees';

/** The build that renders file sets, namespaces and patches of Flux objects; the rest are holes. */
export const build: Build = { render };

function render(owner: FluxKustomization): BuildResult {
  const { tree, path, object, cluster, key } = owner;
  const session = new Session(tree ?? missingTree);
  let drafts: Draft[] = [];
  if (tree === undefined || path === undefined) {
    session.holes.push({
      reason: 'unknown-source',
      message: 'The files this Kustomization applies are not in this repository or not known.',
      provides: { kind: 'anything' },
      at: object.resource && {
        file: object.resource.file,
        document: object.resource.document,
        path: ['spec', 'path'],
      },
    });
  } else if (session.stat(path) === 'directory') {
    // A folder that does not exist holds nothing; that it is named is a finding of its own.
    drafts = renderFolder(session, path, object);
  }
  return {
    owner: { cluster, key, object, path },
    tree: tree?.identity,
    objects: drafts.map((draft) => toRendered(owner, draft)),
    holes: session.holes,
    faults: session.faults,
    inputs: session.inputs,
    unreadable: session.unreadable,
    asked: session.asked,
  };
}

/** Place in a file of a field of the Flux Kustomization itself. */
function placeOf(object: RenderedObject, field: string, ...rest: (string | number)[]): ChangeSource {
  const origin = originOf(object, ['spec', field, ...rest])[0];
  return origin ?? { file: '', document: 0, path: [] };
}

function renderFolder(session: Session, path: FilePath, object: RenderedObject): Draft[] {
  const spec = objectAt(object.value, 'spec');
  const overlay = overlayOf(session, path, object, spec);
  const file = findKustomizationFile(session, path);
  let drafts: Draft[];
  if (file !== undefined) {
    drafts = accumulateDirectory(session, path, file, [], [], overlay);
  } else {
    drafts = accumulateGenerated(session, path);
    drafts = applyPatches(addComponents(session, path, drafts, overlay), overlay.patches);
    const { namespace } = overlay;
    if (namespace !== undefined) drafts = drafts.map((draft) => setNamespace(draft, namespace.text, namespace.from));
  }
  return drafts.map((draft) => withUnknown(draft, unknownByFlux(object, spec)));
}

/** Fields of the Flux Kustomization laid over its root kustomization (fluxcd/pkg kustomize/kustomize_generator.go). */
function overlayOf(session: Session, path: FilePath, object: RenderedObject, spec: JsonObject | undefined): Overlay {
  const ignoresMissing = spec?.get('ignoreMissingComponents') === true;
  const components = itemsAt(spec, 'components')
    .map((text, index) => ({ text, from: placeOf(object, 'components', index) }))
    .filter((component): component is Overlay['components'][number] => typeof component.text === 'string')
    .filter(({ text }) => !ignoresMissing || session.stat(joinPath(path, text) ?? '') === 'directory');
  const patches = readPatches(
    spec?.get('patches'),
    (index) => placeOf(object, 'patches', index),
    () => undefined,
  );
  const text = stringAt(spec, 'targetNamespace') ?? '';
  const namespace = text === '' ? undefined : { text, from: placeOf(object, 'targetNamespace') };
  return { components, patches, namespace };
}

/** What fields of the spec that are not rendered, or not known, may change in every object. */
function unknownByFlux(object: RenderedObject, spec: JsonObject | undefined): 'everything' | (string | number)[][] {
  const asks = (field: string): boolean => isUnknownAt(object.unknown, ['spec', field]);
  if (asks('patches') || asks('components')) return 'everything';
  const paths: string[][] = [];
  const renames = ['namePrefix', 'nameSuffix'].some((field) => asks(field) || (stringAt(spec, field) ?? '') !== '');
  if (renames) paths.push(['metadata', 'name']);
  if (asks('targetNamespace')) paths.push(['metadata', 'namespace']);
  return paths;
}

function toRendered(owner: BuildOwner, draft: Draft): RenderedObject {
  const { id, resource } = draft;
  const variables =
    draft.value !== undefined && resource.hasVariables && isObject(draft.value) ? variablePaths(draft.value) : [];
  const hasVariableName = id.name.includes('${') || id.namespace.includes('${');
  let { unknown } = withUnknown(draft, variables);
  if (hasVariableName && !hasUnknownIdentity(unknown) && unknown !== 'everything') {
    unknown = [...unknown, ['metadata', 'name'], ['metadata', 'namespace']];
  }
  const key = resourceKey(id);
  return {
    address: { cluster: owner.cluster, owner: owner.key, object: key },
    key,
    id,
    apiVersion: resource.apiVersion,
    resource,
    value: draft.value,
    unknown,
    changes: draft.changes,
  };
}
