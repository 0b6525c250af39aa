import { directoryOf, type FilePath, joinPath } from '../model/file-path';
import { resourceKey } from '../model/resource-id';
import {
  type BuildFault,
  type BuildOwner,
  type Hole,
  type HoleProvides,
  originOf,
  type RenderedObject,
  type SourceTree,
} from './build';
import { type OverlayFault } from './flux/overlay';
import { type EngineFault } from './kustomize/fault';
import { lostReplacements, type Rewrite } from './lost-replacements';
import { isOfRepository, type RecordedFiles } from './recorded-files';
import { isUnknownAt } from './unknown';
import { holdsUnknownPlace, isUnknownPlace } from './unknown-places';

/** Faults that a rule of its own tells from the text of a document. */
const toldElsewhere = new Set([
  'yaml-syntax',
  'object-kind-missing',
  'object-name-missing',
  'not-an-object',
  'file-unreadable',
  'file-too-large',
  'field-type',
  'resource-remote',
]);

/** Faults about objects that are not there, or not as expected. */
const following = /-missing$|-ambiguous$|does-not-apply$|does-not-fit$|^replacement|^var-/;

const losing = new Set([
  'yaml-syntax',
  'object-kind-missing',
  'object-name-missing',
  'not-an-object',
  'file-unreadable',
  'file-too-large',
]);
const entryFields = new Set([
  'resources',
  'bases',
  'components',
  'generators',
  'transformers',
  'configMapGenerator',
  'secretGenerator',
  'helmCharts',
]);

const shared = 'kustomize-build-fails';

/** Faults that have a rule of their own; all others share one. */
const ruleCodes: Readonly<Record<string, string>> = {
  'resource-missing': 'kustomize-resource-missing',
  'file-missing': 'kustomize-resource-missing',
  'kustomization-missing': 'kustomize-dir-no-kustomization',
  'resource-is-kustomization': 'kustomize-file-is-kustomization',
};

/** Faults about a file or folder that is not there. */
const missing = new Set(Object.keys(ruleCodes).filter((code) => code.endsWith('-missing')));

const unreadable = new Set(['yaml-syntax', 'file-unreadable', 'file-too-large']);

/** What Flux does not render either, so that nobody knows what it would add. */
const adding = new Set(['helm-charts', 'helm-disabled', 'plugin-external', 'plugin-kind', 'plugin-config']);

/** A patch that is missing, or finds no target, changes nothing; one that cannot be read may change anything. */
const obscuring = new Set([...unreadable, 'patch-unreadable']);

const anything: HoleProvides = { kind: 'anything' };
const generated: HoleProvides = {
  kind: 'kinds',
  kinds: [
    { group: '', kind: 'ConfigMap' },
    { group: '', kind: 'Secret' },
  ],
};

/** Fields that may rewrite any object when they cannot be carried out as a whole. */
const rewriting = new Set([
  'transformers',
  'generators',
  'validators',
  'components',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
]);

// `flux bootstrap` writes these beside the kustomization that lists them.
const isWrittenByBootstrap = (path: FilePath): boolean => /(^|\/)flux-system\/gotk-(sync|components)\.yaml$/.test(path);

const overlaps = (tree: SourceTree, path: FilePath): boolean =>
  isUnknownPlace(tree, path) || holdsUnknownPlace(tree, path);

/** Turns what the engine could not do into faults for rules and holes for everybody who looks for an object. */
export class FaultReader {
  readonly holes: Hole[] = [];
  readonly #faults: BuildFault[] = [];
  /** True once objects are missing for a reason that is told: others that miss them only follow from it. */
  #losesObjects = false;
  /** What replacements that cannot be carried out would have written. */
  readonly rewrites: Rewrite[] = [];
  /** True once something that is not known may have rewritten every object. */
  mayChangeAnything = false;
  /** Folders that are listed but hold no kustomization: what lies in them is what the author means. */
  readonly #folders: FilePath[] = [];

  constructor(private readonly files: RecordedFiles) {}

  /** What rules tell: faults that merely follow from lost objects left out. */
  get faults(): BuildFault[] {
    return this.#losesObjects
      ? this.#faults.filter(({ code, data }) => code !== shared || !following.test(data['code'] ?? ''))
      : this.#faults;
  }

  add(faults: readonly BuildFault[]): void {
    this.#faults.push(...faults);
  }

  hole(reason: Hole['reason'], message: string, provides: HoleProvides = anything, at?: Hole['at']): void {
    this.holes.push({ reason, message, provides, at });
  }

  read(fault: EngineFault, reason: 'remote' | 'fault'): void {
    const { code, message, path } = fault;
    const field = String(path[0] ?? '');
    const at = { file: this.#file(fault.file), document: fault.document, path };
    const isUnknown = missing.has(code) && this.#mayBeThere(fault);
    if (reason === 'remote' || isUnknown || losing.has(code) || entryFields.has(field)) this.#losesObjects = true;
    if (reason === 'remote' || isUnknown) {
      if (isUnknown) this.hole('unknown-source', 'What is named comes from a source that is not known.', anything, at);
      else this.hole('remote', message, anything, at);
      if (rewriting.has(field)) this.mayChangeAnything = true;
      return;
    }
    if (unreadable.has(code)) {
      this.hole('unreadable', `${at.file} cannot be read.`, anything, at);
    } else if (adding.has(code) || field === 'generators' || field === 'transformers' || code === 'file-outside-root') {
      this.hole('not-rendered-yet', message, anything, at);
    } else if (field === 'configMapGenerator' || field === 'secretGenerator') {
      this.hole('unreadable', message, generated, at);
    } else if (code === 'resource-conflict' || code === 'field-unknown' || /^kustomization-(?!missing)/.test(code)) {
      // Everything behind the entry is lost to the build, and the finding says so.
      this.hole('unreadable', message, anything, at);
    }
    if (adding.has(code) || (rewriting.has(field) && obscuring.has(code))) this.mayChangeAnything = true;
    if (field === 'replacements') this.rewrites.push(...lostReplacements(this.files, fault.file));
    this.#report(fault, at);
  }

  /** True when what a fault misses may be among the files of the source that are not known. */
  #mayBeThere(fault: EngineFault): boolean {
    const { tree } = this.files;
    // Named in the spec of a Flux Kustomization, whose folder does not show here.
    if (isOfRepository(fault.file)) return tree.unknown.length > 0;
    const named = /^(\S+) /.exec(fault.message)?.[1] ?? '';
    const targets = [joinPath(directoryOf(fault.file), named), this.#entryOf(fault)];
    return tree.unknown.length > 0 && targets.some((target) => target !== undefined && overlaps(tree, target));
  }

  /** The spec of a Flux Kustomization that cannot be laid over its root: the root is built as it stands. */
  readOverlay({ code, path, message }: OverlayFault, owner: RenderedObject): void {
    this.mayChangeAnything = true;
    const [at] = originOf(owner, path);
    const isKnown = !isUnknownAt(owner.unknown, path);
    this.hole(isKnown ? 'unreadable' : 'unknown-field', message, anything, at);
    if (isKnown && at !== undefined && !toldElsewhere.has(code)) {
      const { file, document } = at;
      this.#faults.push({ code: shared, file, document, path: at.path, part: 'value', data: { message, code } });
    }
  }

  #report(fault: EngineFault, at: { file: FilePath; document: number; path: BuildFault['path'] }): void {
    const { code, message, path } = fault;
    const field = String(path[0] ?? '');
    const entry = /^(\S+) /.exec(message)?.[1] ?? '';
    const resolved = joinPath(directoryOf(fault.file), entry);
    if (code === 'kustomization-missing' && resolved !== undefined) {
      const folder = this.#entryOf(fault);
      if (folder !== undefined) this.#folders.push(folder);
    }
    const isGenerator = field === 'configMapGenerator' || field === 'secretGenerator';
    if (toldElsewhere.has(code) && !(isGenerator && code === 'file-too-large')) return;
    const target = this.#entryOf(fault) ?? resolved ?? '';
    const rule = ruleCodes[code] ?? shared;
    if (rule === 'kustomize-resource-missing' && isWrittenByBootstrap(target)) return;
    const isLeftOut = this.files.tree.isLeftOut(target);
    const written = this.#written(fault);
    this.#faults.push({
      code: rule,
      ...at,
      part: 'value',
      data: {
        entry: written ?? entry,
        resolved: target,
        field,
        message:
          code === 'file-too-large'
            ? `${entry} is too large for a ConfigMap or Secret. Flux will fail to apply it.`
            : message,
        code,
        ...(isLeftOut && { leftOut: 'yes' }),
      },
    });
  }

  /** The text of the value at a fault. */
  #written({ file, document, path }: EngineFault): string | undefined {
    const root = this.files.tree.yaml(file)?.documents[document]?.document.root;
    let node = root;
    for (const step of path) {
      if (node?.kind === 'map')
        node = node.entries.find(({ key }) => key.kind === 'scalar' && key.text === step)?.value;
      else if (node?.kind === 'sequence' && typeof step === 'number') node = node.items[step];
      else return undefined;
    }
    return node?.kind === 'scalar' ? node.text : undefined;
  }

  #entryOf(fault: EngineFault): FilePath | undefined {
    const written = this.#written(fault);
    return written === undefined ? undefined : joinPath(directoryOf(fault.file), written);
  }

  #file(path: FilePath): FilePath {
    return this.files.repositoryPath(path);
  }

  /** Objects of listed folders without a kustomization, as declared. */
  listed(owner: BuildOwner): RenderedObject[] {
    const objects: RenderedObject[] = [];
    for (const folder of this.#folders) {
      for (const { name, kind } of this.files.list(folder) ?? []) {
        const path = joinPath(folder, name) ?? name;
        const facts = kind === 'file' && /\.ya?ml$/.test(name) ? this.files.tree.facts(path) : undefined;
        if (facts === undefined) continue;
        this.files.uses(path, 'objects');
        for (const resource of facts.documents.flatMap((document) => document.resources)) {
          const key = resourceKey(resource.id);
          const address = { cluster: owner.cluster, owner: owner.key, object: key };
          const { id, apiVersion, value } = resource;
          objects.push({ address, key, id, apiVersion, resource, value, unknown: [], changes: [] });
        }
      }
    }
    return objects;
  }
}
