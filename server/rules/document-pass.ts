import { isUnknownAt } from '../build/unknown';
import { type RenderedObject } from '../build/build';
import { isHidden } from '../model/file-path';
import { type Path } from '../model/json';
import { resourceKey } from '../model/resource-id';
import { pauseBefore, type Steps } from '../model/steps';
import { type SchemaCatalog } from '../validation/catalog';
import { type FluxTarget } from '../workspace/cluster';
import { assumedFlux } from '../workspace/flux-target';
import { type Snapshot } from '../workspace/snapshot';
import { factsOf } from '../workspace/facts';
import { type YamlDocument } from '../yaml/document';
import { readAhead, type YamlFile } from '../yaml/file';
import { type DocumentRole, type DocumentRule, type Report } from './rule';

/** What a document rule said. */
export interface DocumentReport {
  readonly rule: DocumentRule;
  readonly report: Report;
}

/** What is known of a document from outside its text. */
export interface DocumentSetting {
  readonly role: DocumentRole;
  readonly targets: readonly FluxTarget[];
  readonly clusters: readonly string[] | undefined;
  readonly rendered: readonly RenderedObject[];
}

/**
 * How each document of a file is judged, by its index. undefined: not at all. A file that no cluster reads is judged only
 * while it is open and declares Flux objects, or where the version of Flux is stated (docs/decisions/0005).
 */
export function settingsOf(
  file: YamlFile,
  snapshot: Snapshot | undefined,
  isOpen: boolean,
): (index: number) => DocumentSetting | undefined {
  const use = snapshot?.use(file.path);
  if (snapshot === undefined || use === undefined) {
    const target = snapshot?.stated ?? assumedFlux;
    if (!isOpen && (snapshot?.stated === undefined || isHidden(file.path))) return () => undefined;
    return (index) => {
      const resources = factsOf({ ...file, documents: file.documents.slice(index, index + 1) }).documents[0]?.resources;
      const isFlux = resources?.some((resource) => resource.entry !== undefined) === true;
      return isFlux ? { role: 'object', targets: [target], clusters: undefined, rendered: [] } : undefined;
    };
  }
  if (use.role === 'data') return () => undefined;
  const { clusters } = use;
  const targets = snapshot.clusters
    .filter((cluster) => clusters.includes(cluster.cluster.path))
    .map((cluster) => cluster.cluster.flux);
  const role = use.role === 'objects' ? 'object' : use.role;
  return (index) => {
    const rendered = snapshot.renderedFrom({ file: file.path, document: index });
    return { role, targets, clusters, rendered };
  };
}

const releaseOf = ({ release, isKnown }: FluxTarget): string => `${release ?? '?'}${isKnown ? '' : '?'}`;

/** Text that is equal for settings under which every rule answers the same. */
function settingKey(setting: DocumentSetting): string {
  return [setting.role, setting.targets.map(releaseOf).join(), setting.rendered.map(layersOf).join(';')].join('|');
}

const areSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** The usual case of equal {@link settingKey}s, told without making them. */
function isSameSetting(a: DocumentSetting, b: DocumentSetting): boolean {
  return a.role === b.role && areSame(a.rendered, b.rendered) && areSame(a.targets, b.targets);
}

const layers = new WeakMap<RenderedObject, string>();

/** What layers above its document may have changed in an object. */
function layersOf(object: RenderedObject): string {
  let text = layers.get(object);
  if (text === undefined) {
    const unknown = object.unknown === 'everything' ? '*' : object.unknown.map((path) => path.join('.')).join();
    text = `${unknown},${object.changes.map((change) => change.path.join('.')).join()}`;
    layers.set(object, text);
  }
  return text;
}

function hasPrefix(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index]);
}

/** True where a layer above the document may change what stands at a path of an object. */
function isUnknownIn({ unknown, changes }: RenderedObject, path: Path): boolean {
  if (unknown === 'everything' || isUnknownAt(unknown, path)) return true;
  return changes.some(
    (change) => change.how !== 'same' && (hasPrefix(path, change.path) || hasPrefix(change.path, path)),
  );
}

const placeKey = (at: Path): string => at.join('\0');

/** The same for paths of a document, whose objects are found by their place: a `List` may have thousands. */
function unknownTest(rendered: readonly RenderedObject[]): (path: Path) => boolean {
  let byPlace: Map<string, RenderedObject[]> | undefined;
  const lengths = new Set<number>();
  const group = (): Map<string, RenderedObject[]> => {
    const groups = new Map<string, RenderedObject[]>();
    for (const object of rendered) {
      const at = object.resource?.at ?? [];
      lengths.add(at.length);
      const same = groups.get(placeKey(at));
      if (same === undefined) groups.set(placeKey(at), [object]);
      else same.push(object);
    }
    return groups;
  };
  return (path) => {
    const groups = (byPlace ??= group());
    return [...lengths].some(
      (length) =>
        length <= path.length &&
        groups.get(placeKey(path.slice(0, length)))?.some((object) => isUnknownIn(object, path.slice(length))) === true,
    );
  };
}

interface Kept {
  /** Of equal {@link settingKey}: the newest, so that no older rendering is held. */
  setting: DocumentSetting;
  readonly schemas: SchemaCatalog;
  readonly reports: readonly DocumentReport[];
}

/** Runs the document rules, and keeps what they said of a document as long as the document object lives. */
export class DocumentPass {
  readonly #kept = new WeakMap<YamlDocument, Kept>();

  constructor(
    private readonly rules: readonly DocumentRule[],
    private readonly run: (rule: DocumentRule, check: () => void) => void,
  ) {}

  /** Pauses between rules where the document is long. */
  *reportsOf(
    file: YamlFile,
    index: number,
    setting: DocumentSetting,
    schemas: SchemaCatalog,
  ): Steps<readonly DocumentReport[]> {
    const document = file.documents[index]?.document;
    if (document === undefined) return [];
    const kept = this.#kept.get(document);
    const isKept = kept !== undefined && kept.schemas === schemas;
    if (isKept && isSameSetting(kept.setting, setting)) return kept.reports;
    if (isKept && settingKey(kept.setting) === settingKey(setting)) {
      kept.setting = setting;
      return kept.reports;
    }
    const reports: DocumentReport[] = [];
    let running: DocumentRule | undefined;
    const context = {
      file: file.path,
      index,
      document,
      role: setting.role,
      targets: setting.targets,
      schemas,
      isUnknown: unknownTest(setting.rendered),
      report: (report: Report) => {
        if (running !== undefined) reports.push({ rule: running, report });
      },
    };
    yield* readAhead(document);
    const pause = pauseBefore(document.text);
    for (const rule of this.rules) {
      if (pause !== undefined) yield pause;
      running = rule;
      this.run(rule, () => rule.check(context));
    }
    this.#kept.set(document, { setting, schemas, reports });
    return reports;
  }
}

/** Key of the object a document declares; undefined for several or none. */
export function resourceOf(setting: DocumentSetting): string | undefined {
  const [first] = setting.rendered;
  return first?.resource === undefined ? undefined : resourceKey(first.id);
}
