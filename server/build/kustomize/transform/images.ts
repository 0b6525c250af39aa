import { matchesPattern } from '../../../scalars/pattern';
import { type Path } from '../../../model/json';
import { type TransformContext } from '../context';
import { type EngineFault, isFault } from '../fault';
import { type Edit, Mismatch, setScalar } from '../fieldspec/edit';
import { isNull } from '../fieldspec/emptiness';
import { type Overwrites, spreadOverwrites } from '../fieldspec/shared-scalar';
import { type ImageConfig } from '../kustomization';
import { type ListNode, type MapNode, type Node } from '../node';
import { type EngineResource } from '../resource';
import { type FieldSpec } from '../transformer-config';
import { causeAt, editFields } from './edit-resource';
import { currentId, describeId, kindOf } from './identity';

export interface ImagesConfig {
  readonly image: ImageConfig;
  readonly fieldSpecs: readonly FieldSpec[];
  /** To the entry in the configuration. */
  readonly path: Path;
}

/**
 * Changes one image: first in every list of containers at any depth, then where the field specs say
 * (api/filters/imagetag, legacy.go and imagetag.go). CustomResourceDefinitions are left alone.
 */
export function setImage(
  resources: readonly EngineResource[],
  { image, fieldSpecs, path }: ImagesConfig,
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  if (isNamed('', image.name) === undefined) {
    const message = `The image name ${image.name} is read as a regular expression, and it is not a valid one. Flux cannot build this.`;
    return context.fault('image-name-invalid', message, [...path, 'name']);
  }
  const site = { field: 'images', path };
  const cause = causeAt(site, context);
  const compose = (before: string) => (isNamed(before, image.name) === true ? renamed(before, image) : undefined);
  const edit: Edit = { makes: undefined, set: setScalar(compose, undefined, cause) };
  const made = context.made(`images ${path.join('/')}`);
  const edited: EngineResource[] = [];
  for (const resource of resources) {
    const known = made.get(resource);
    if (known !== undefined) {
      edited.push(known);
      continue;
    }
    if (kindOf(resource.node).kind === 'CustomResourceDefinition') {
      edited.push(resource);
      continue;
    }
    const overwrites: Overwrites = new Map();
    const node = editContainers(resource.node, edit, overwrites);
    if (node instanceof Mismatch) {
      const message = `An image of ${describeId(currentId(resource))} cannot be changed: it ${node.reason}. Flux cannot build this.`;
      return context.fault('field-kind-mismatch', message, path);
    }
    const walked = node === resource.node || node.kind !== 'map' ? resource : { ...resource, node };
    const spread = spreadOverwrites(walked.node, overwrites);
    const result = editFields({ ...walked, node: spread }, fieldSpecs, edit, site, context, cause);
    if (isFault(result)) return result;
    const after = result.node === resource.node ? resource : result;
    made.set(resource, after);
    edited.push(after);
  }
  return edited;
}

const plainName = /^[A-Za-z0-9_/:.-]*$/;
const rest = /^(?::[a-zA-Z0-9_.{}-]*)?(?:@sha256:[a-zA-Z0-9_.{}-]*)?$/;

/**
 * True when a reference has the name, which stands unescaped in a regular expression (api/internal/image/image.go): a
 * dot is any character. Usual names need no expression engine.
 * @returns undefined when the name is no expression
 */
function isNamed(reference: string, name: string): boolean | undefined {
  if (!plainName.test(name) || !plainName.test(reference.slice(0, name.length))) {
    return matchesPattern(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`, reference);
  }
  if (reference.length < name.length) return false;
  for (let index = 0; index < name.length; index++) {
    if (name[index] !== '.' && name[index] !== reference[index]) return false;
  }
  return rest.test(reference.slice(name.length));
}

/** The reference with the new name, tag and digest; tag and digest are replaced as one. */
function renamed(reference: string, image: ImageConfig): string {
  let { name, tag, digest } = splitReference(reference);
  if (image.newName !== '') name = image.newName;
  if (image.newTag !== '' || image.digest !== '') [tag, digest] = [image.newTag, image.digest];
  else if (image.tagSuffix !== '') [tag, digest] = [tag + image.tagSuffix, ''];
  return name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

function splitReference(reference: string): { name: string; tag: string; digest: string } {
  // A colon before the first slash belongs to the host.
  const host = Math.max(reference.indexOf('/'), 0);
  const at = reference.indexOf('@', host);
  const colon = reference.indexOf(':', host);
  if (at >= 0 && (colon < 0 || at < colon)) {
    return { name: reference.slice(0, at), tag: '', digest: reference.slice(at + 1) };
  }
  if (colon < 0) return { name: reference, tag: '', digest: '' };
  const end = at < 0 ? reference.length : at;
  return { name: reference.slice(0, colon), tag: reference.slice(colon + 1, end), digest: reference.slice(end + 1) };
}

function editContainers(node: Node, edit: Edit, overwrites: Overwrites): Node | Mismatch {
  if (node.kind === 'map') return editMap(node, edit, overwrites);
  return node.kind === 'list' ? mapItems(node, (item) => editContainers(item, edit, overwrites)) : node;
}

function editMap(map: MapNode, edit: Edit, overwrites: Overwrites): MapNode | Mismatch {
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of map.entries) {
    let result = editContainers(value, edit, overwrites);
    if (result instanceof Mismatch) return result;
    if ((key === 'containers' || key === 'initContainers') && result.kind === 'list') {
      result = mapItems(result, (item) => editContainer(item, edit, overwrites));
      if (result instanceof Mismatch) return result;
    }
    if (result !== value) (entries ??= new Map(map.entries)).set(key, result);
  }
  return entries === undefined ? map : { ...map, entries };
}

function editContainer(container: Node, edit: Edit, overwrites: Overwrites): Node | Mismatch {
  if (isNull(container)) return container;
  if (container.kind !== 'map') return new Mismatch('stands in a list of containers that are no maps');
  const image = container.entries.get('image');
  if (image === undefined) return container;
  const result = edit.set(image, overwrites);
  if (result === image || result instanceof Mismatch) return result instanceof Mismatch ? result : container;
  return { ...container, entries: new Map(container.entries).set('image', result) };
}

function mapItems(list: ListNode, change: (item: Node) => Node | Mismatch): ListNode | Mismatch {
  const items: Node[] = [];
  for (const item of list.items) {
    const result = change(item);
    if (result instanceof Mismatch) return result;
    items.push(result);
  }
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
}

/** `images` of a kustomization. */
export function transformImages(
  resources: readonly EngineResource[],
  { images }: { readonly images: readonly ImageConfig[] },
  context: TransformContext,
): readonly EngineResource[] | EngineFault {
  let edited = resources;
  for (const [index, image] of images.entries()) {
    const config = { image, fieldSpecs: context.config.images, path: ['images', index] };
    const result = setImage(edited, config, context);
    if (isFault(result)) return result;
    edited = result;
  }
  return edited;
}
