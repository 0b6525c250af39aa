import { type JsonObject, type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { faultAt, isFault, type EngineFault } from '../fault';
import { configValue } from '../generate/scalar';
import { notAMap, unreadableMap } from '../metadata/pairs';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { LenientDecoder } from '../plugins/lenient-decoder';
import { Decoder } from '../read/decode';
import { type EngineResource } from '../resource';
import { currentId, describeId } from '../transform/identity';
import { copyTo, type Copy } from './copy-value';
import { decodeReplacement, type Refuse, type Replacement, type ReplacementTarget } from './decode';
import { PathProblem } from './field-path';
import { lookup } from './lookup';
import { type CopiedValue, replacementValue } from './source';
import { targetSelector } from './targets';

/** A replacement with the document it stands in. */
interface PlacedReplacement {
  readonly replacement: Replacement;
  readonly path: Path;
  readonly refuse: Refuse;
  readonly cause: (path: Path, previous?: Origin) => Origin;
}

/** Writes one value to all that the targets of a replacement name. */
class Application {
  #value: Node;
  /** Kustomize copies from where the value stands, so that what is written there counts for all places after it. */
  #source: EngineResource | undefined;

  constructor(
    private readonly placed: PlacedReplacement,
    private readonly copied: CopiedValue,
  ) {
    this.#value = copied.value;
    this.#source = copied.at?.resource;
  }

  #copyTo(resource: EngineResource, target: ReplacementTarget, path: Path): EngineResource | EngineFault {
    let { node } = resource;
    for (const [index, fieldPath] of target.fieldPaths.entries()) {
      const at = [...path, 'fieldPaths', index];
      const cause = (previous: Origin): Origin => this.placed.cause(at, previous);
      const copy: Copy = { value: this.#value, options: target.options, cause };
      const made = copyTo(node, fieldPath, copy);
      if (made === undefined || made instanceof PathProblem) {
        const what = made === undefined ? 'is not there' : `cannot be followed: a value on the way ${made.reason}`;
        const message = `The field ${fieldPath} of ${describeId(currentId(resource))} ${what}. Flux cannot build this.`;
        return this.placed.refuse('replacement-target-field', message, at);
      }
      if (made.kind === 'map') node = made;
      const now = resource === this.#source && this.copied.at ? lookup(node, this.copied.at.steps) : undefined;
      if (now !== undefined && !(now instanceof PathProblem)) this.#value = now;
    }
    if (node === resource.node) return resource;
    const made = { ...resource, node };
    if (resource === this.#source) this.#source = made;
    return made;
  }

  to(
    resources: readonly EngineResource[],
    target: ReplacementTarget,
    path: Path,
  ): readonly EngineResource[] | EngineFault {
    const { select } = target;
    if (select === undefined) {
      const message = 'This target does not say which objects it selects. Flux cannot build this.';
      return this.placed.refuse('replacement-target-select', message, path);
    }
    const isMeant = targetSelector({ ...target, select }, path, this.placed.refuse);
    if (isFault(isMeant)) return isMeant;
    const changed: EngineResource[] = [];
    for (const resource of resources) {
      const made = isMeant(resource) ? this.#copyTo(resource, target, path) : resource;
      if (isFault(made)) return made;
      changed.push(made);
    }
    return changed;
  }
}

function applyOne(
  resources: readonly EngineResource[],
  placed: PlacedReplacement,
): readonly EngineResource[] | EngineFault {
  const { replacement, path, refuse } = placed;
  if (replacement.targets === undefined || (!replacement.source && replacement.sourceValue === undefined)) {
    const message = 'A replacement needs a source and at least one target. Flux cannot build this.';
    return refuse('replacement-incomplete', message, path);
  }
  const own = placed.cause([...path, 'sourceValue']);
  const copied = replacementValue(resources, replacement, own, path, refuse);
  if (isFault(copied)) return copied;
  const application = new Application(placed, copied);
  let all = resources;
  for (const [index, target] of replacement.targets.entries()) {
    const made = application.to(all, target, [...path, 'targets', index]);
    if (isFault(made)) return made;
    all = made;
  }
  return all;
}

/** The replacements of a file that an entry names: one, or a list of them; fields it should not have are passed over. */
function readFile(name: string, path: Path, context: TransformContext): readonly PlacedReplacement[] | EngineFault {
  const content = context.readFile(name, path);
  if (isFault(content)) return content;
  const roots = context.readValues(content.text, { file: content.file }, path, 'kustomization');
  if (isFault(roots)) return roots;
  const refuse: Refuse = (code, message, at) => faultAt({ file: content.file, path: at }, code, message);
  const [root] = roots;
  const items = root?.kind === 'list' ? root.items : root?.kind === 'map' ? [root] : undefined;
  if (items === undefined) {
    const message = `${name} holds neither a replacement nor a list of them. Flux cannot build this.`;
    return refuse('replacement-type', message, []);
  }
  const cause = (_: Path, previous?: Origin): Origin => context.cause('replacements', path, previous);
  const decoder = new LenientDecoder();
  const placed = items.map((item, index): PlacedReplacement => {
    const at = root?.kind === 'list' ? [index] : [];
    return { replacement: decodeReplacement(decoder, configValue(item), at), path: at, refuse, cause };
  });
  return misfit(decoder, refuse) ?? placed;
}

function misfit({ problem }: Decoder, refuse: Refuse): EngineFault | undefined {
  return problem && refuse(problem.code, `${problem.message} Flux cannot build this.`, problem.path);
}

/** What one entry of `replacements` asks for. */
function readEntry(
  entry: JsonObject,
  path: Path,
  context: TransformContext,
  decoder: Decoder,
): readonly PlacedReplacement[] | EngineFault {
  const refuse: Refuse = (code, message, at) => context.fault(code, message, at);
  const cause = (at: Path, previous?: Origin): Origin => context.cause('replacements', at, previous);
  const { file, ...replacement } = decodeReplacement(decoder, entry, path);
  const wrong = misfit(decoder, refuse);
  if (wrong !== undefined) return wrong;
  // An empty list of targets counts as none here, and as a list in a file.
  const targets = replacement.targets?.length === 0 ? undefined : replacement.targets;
  if (file === '') return [{ replacement: { ...replacement, targets }, path, refuse, cause }];
  if (replacement.source === undefined && targets === undefined) return readFile(file, [...path, 'path'], context);
  const message = 'A replacement is either in a file or written here, not both. Flux cannot build this.';
  return refuse('replacement-path-and-inline', message, path);
}

/**
 * Carries out `replacements` one after the other (api/filters/replacement, ReplacementTransformer).
 * @param path where the list stands in the document of the context
 * @param isStrict false where unknown fields are passed over, as in configuration objects
 */
export function applyReplacements(
  resources: readonly EngineResource[],
  entries: readonly JsonObject[],
  context: TransformContext,
  path: Path = ['replacements'],
  isStrict = true,
): readonly EngineResource[] | EngineFault {
  const all: PlacedReplacement[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(entry, [...path, index], context, isStrict ? new Decoder() : new LenientDecoder());
    if (isFault(read)) return read;
    all.push(...read);
  }
  const unreadable = all.length === 0 ? undefined : resources.find((one) => unreadableMap(one) !== undefined);
  if (unreadable !== undefined) return notAMap(unreadable, context);
  let made = resources;
  for (const placed of all) {
    const next = applyOne(made, placed);
    if (isFault(next)) return next;
    made = next;
  }
  return made;
}
