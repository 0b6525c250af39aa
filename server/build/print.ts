import { type FilePath } from '../model/file-path';
import { type Path } from '../model/json';
import { type FluxKustomization, originOf, type SourceTree } from './build';
import { pathAtStart } from './field-changes';
import { type BuildEnvironment } from './flux/environment';
import { withBareKeys, withOwnerLabels } from './flux/common-metadata';
import { PostBuild } from './flux/post-build';
import { fluxRoot } from './flux/root-kustomization';
import { isExempt, type ObjectFault } from './flux/substitute-object';
import { buildKustomization, emitBuild, type EngineResult } from './kustomize/build';
import { type EmittedText } from './kustomize/emit/writer';
import { faultAt, isFault, type EngineFault } from './kustomize/fault';
import { notAMap, unreadableMap } from './kustomize/metadata/pairs';
import { nodeAt, textAt, type MapNode, type NodePath } from './kustomize/node';
import { RecordedFiles } from './recorded-files';

/** A Flux Kustomization of which everything is known that printing needs. */
export interface PrintedKustomization extends FluxKustomization {
  readonly tree: SourceTree;
  readonly path: FilePath;
}

/**
 * What Flux applies for a Flux Kustomization, in the order of the build, with the labels that name the owner; as
 * `flux build kustomization` prints it, but that encrypted values stay as they are. A fault where Flux fails, and where
 * a value is not in the repository. Paths of faults are those of the repository.
 */
export function printKustomization(
  { object, tree, path }: PrintedKustomization,
  environment: BuildEnvironment,
): EmittedText | EngineFault {
  const files = new RecordedFiles(tree);
  const inRepository = (fault: EngineFault): EngineFault => ({ ...fault, file: files.repositoryPath(fault.file) });
  const atOwner = (code: string, message: string, at: Path): EngineFault => {
    const [origin] = originOf(object, at);
    return faultAt(origin ?? { file: '' }, code, message);
  };
  const result = buildKustomization({
    files,
    directory: path,
    reorder: 'none',
    go: '1.27',
    root: (read) => {
      const root = fluxRoot(read, { files, directory: path, owner: object });
      if (isFault(root)) return root;
      return root.fault === undefined ? root.loaded : atOwner(root.fault.code, root.fault.message, root.fault.path);
    },
  });
  if (result.kind === 'failed') return inRepository(result.fault);
  const postBuild = new PostBuild(object, environment);
  const invalid = postBuild.variables?.faults.find(({ kind }) => kind === 'name');
  // Variables are looked at for each object anew, so that none is wrong where there is nothing to substitute in.
  if (invalid !== undefined && result.resources.some(({ node }) => !isExempt(node))) {
    const message = `${invalid.name} is no name for a variable. Flux cannot build this.`;
    return atOwner('subst-invalid-name', message, ['spec', 'postBuild']);
  }
  const finished: MapNode[] = [];
  for (const resource of result.resources) {
    const { node } = resource;
    // Labels and annotations are looked through for a mark that keeps substitution away.
    if (unreadableMap(resource) !== undefined) {
      const place = { file: path, document: 0 };
      return inRepository(notAMap(resource, { origins: result.origins, place }));
    }
    const made = postBuild.finish(node);
    const [fault] = made.faults;
    const [hidden] = made.unknown;
    if (fault !== undefined) return inRepository(faultOf({ result, files }, node, fault));
    if (hidden !== undefined) return inRepository(unknownValue({ result, files }, made.node, hidden));
    finished.push(withBareKeys(withOwnerLabels(made.node, object, node.origin), object));
  }
  const resources = result.resources.map((resource, index) => ({
    ...resource,
    node: finished[index] ?? resource.node,
  }));
  const printed = emitBuild({ ...result, resources });
  return isFault(printed) ? inRepository(printed) : printed;
}

/** A build and the files it read. */
interface Printing {
  readonly result: EngineResult;
  readonly files: RecordedFiles;
}

function faultOf(printing: Printing, node: MapNode, { kind, name, expression, path }: ObjectFault): EngineFault {
  const what = {
    undefined: `${name ?? ''} is not defined`,
    syntax: `substitution cannot read ${expression.split('\n', 1)[0] ?? ''}`,
    output: 'what substitution makes of it is no YAML',
  }[kind];
  return faultIn(printing, node, path, `subst-${kind}`, `In ${nameOf(node)} ${what}. Flux cannot build this.`);
}

function unknownValue(printing: Printing, node: MapNode, path: NodePath): EngineFault {
  const value = nodeAt(node, path);
  const text = value?.kind === 'scalar' ? value.text : '';
  const expression = /\$\{[^}]*\}/.exec(text)?.[0] ?? 'A variable';
  const message = `${expression} in ${nameOf(node)} has a value that no file gives. Give it one under values of the cluster in .fluxwright.yaml.`;
  return faultIn(printing, node, path, 'subst-unknown', message);
}

const nameOf = (node: MapNode): string => `${textAt(node, 'kind') ?? ''} ${textAt(node, 'metadata', 'name') ?? ''}`;

function faultIn(
  { result: { origins }, files }: Printing,
  node: MapNode,
  path: NodePath,
  code: string,
  message: string,
): EngineFault {
  const origin = nodeAt(node, path)?.origin ?? node.origin;
  const place = origins.placeOf(origin);
  if (place === undefined) return faultAt(origins.causeOf(origin) ?? { file: '' }, code, message);
  const document = files.tree.yaml(place.file)?.documents[place.document]?.document;
  return faultAt({ ...place, path: (document && pathAtStart(document, place.offset)) ?? [] }, code, message);
}
