import { type Origin } from '../origin';
import { Writer } from '../emit/writer';
import { styleOf } from '../emit/scalar-style';
import { type Kustomization } from '../kustomization';
import { type EngineResource } from '../resource';
import { allIds, currentId } from '../transform/identity';
import { annotationOf, withAnnotation } from './annotations';

const originKey = 'config.kubernetes.io/origin';
const transformationsKey = 'alpha.config.kubernetes.io/transformations';

/** What made or changed an object, as `buildMetadata` notes it (api/resource/origin.go). */
export interface Maker {
  /** The file that asks for it, from the folder that is built. */
  readonly configuredIn: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** True when a build notes where objects come from. */
export function notesOrigins({ buildMetadata }: Kustomization): boolean {
  return buildMetadata.includes('originAnnotations') || buildMetadata.includes('transformerAnnotations');
}

/** Joins and cleans like Go's filepath.Join; leading `..` stay. */
export function joinLoose(directory: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${directory}/${name}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function yamlText(text: string): string {
  const writer = new Writer();
  const style = styleOf(text, true);
  if (style === 'plain') writer.putPlain(text, 0, true);
  else if (style === 'single') writer.putSingle(text, 0, true);
  else writer.putDouble(text, 0, true);
  return writer.text;
}

function makerText({ configuredIn, apiVersion, kind, name = '', namespace = '' }: Maker): string {
  const fields = [`configuredIn: ${yamlText(configuredIn)}`, 'configuredBy:'];
  const entries = { apiVersion, kind, name, namespace };
  for (const [key, text] of Object.entries(entries)) if (text !== '') fields.push(`  ${key}: ${yamlText(text)}`);
  return fields.map((field) => `${field}\n`).join('');
}

/** The objects of a file with the file's path noted. */
export function noteFile(resources: readonly EngineResource[], path: string, origin: Origin): EngineResource[] {
  const text = `path: ${yamlText(path)}\n`;
  return resources.map((resource) => ({ ...resource, node: withAnnotation(resource.node, originKey, text, origin) }));
}

function noteMaker(resource: EngineResource, maker: Maker, origin: Origin): EngineResource {
  return { ...resource, node: withAnnotation(resource.node, originKey, makerText(maker), origin) };
}

/** Notes the generators on what they made or replaced; what they merged into keeps its own note. */
export function noteGenerators(
  before: readonly EngineResource[],
  after: readonly EngineResource[],
  { configMapGenerator, secretGenerator }: Kustomization,
  configuredIn: string,
  origin: Origin,
): readonly EngineResource[] {
  const known = new Set(before);
  return after.map((resource, index) => {
    if (known.has(resource)) return resource;
    const { kind } = currentId(resource);
    const configs = kind === 'Secret' ? secretGenerator : configMapGenerator;
    const names = new Set(allIds(resource).map(({ name }) => name));
    const replaces = configs.some(({ name, behavior }) => names.has(name) && behavior === 'replace');
    if (index < before.length && !replaces) return resource;
    return noteMaker(resource, { configuredIn, apiVersion: 'builtin', kind: `${kind}Generator` }, origin);
  });
}

/** The configuration object of a plug-in as notes name it; undefined where the object has no note itself. */
export function makerOf({ node }: EngineResource): Maker | undefined {
  const note = annotationOf(node, originKey);
  if (note === undefined) return undefined;
  const { group, version, kind, name, namespace } = currentId({ node });
  const configuredIn = /^path: (.*)$/m.exec(note)?.[1] ?? '';
  return { configuredIn, apiVersion: group === '' ? version : `${group}/${version}`, kind, name, namespace };
}

/** Notes a generator on what it added and what has no note. */
export function noteNew(
  before: readonly EngineResource[],
  after: readonly EngineResource[],
  maker: Maker | undefined,
  origin: Origin,
): readonly EngineResource[] {
  if (maker === undefined) return after;
  const known = new Set(before);
  return after.map((resource) =>
    known.has(resource) || annotationOf(resource.node, originKey) !== undefined
      ? resource
      : noteMaker(resource, maker, origin),
  );
}

/** Notes a transformer on every object, `times` over; one without a note of its own is taken for its product. */
export function noteTransformer(
  resources: readonly EngineResource[],
  maker: Maker,
  times: number,
  origin: Origin,
): readonly EngineResource[] {
  const [first = '', ...rest] = makerText(maker).split(/(?<=\n)/);
  const entry = `- ${first}${rest.map((line) => `  ${line}`).join('')}`;
  return resources.map((resource) => {
    let noted = resource;
    let count = times;
    if (annotationOf(resource.node, originKey) === undefined) {
      noted = noteMaker(resource, maker, origin);
      count--;
    }
    if (count <= 0) return noted;
    const text = (annotationOf(noted.node, transformationsKey) ?? '') + entry.repeat(count);
    return { ...noted, node: withAnnotation(noted.node, transformationsKey, text, origin) };
  });
}

/** The notes that were not asked for, which a build removes at the end. */
export function unaskedNotes({ buildMetadata }: Kustomization): readonly string[] {
  const unasked: string[] = [];
  if (!buildMetadata.includes('originAnnotations')) unasked.push(originKey);
  if (!buildMetadata.includes('transformerAnnotations')) unasked.push(transformationsKey);
  return unasked;
}
