import { type TransformContext } from '../context';
import { type EngineFault } from '../fault';
import { notAMap, takesNoNotes, unreadableMap } from '../metadata/pairs';
import { type MapNode } from '../node';
import { type EngineResource } from '../resource';
import { type Site } from '../transform/edit-resource';
import { currentId, describeId } from '../transform/identity';
import { withBuildAnnotations, withoutBuildAnnotations } from './build-annotations';
import { type JsonOperation } from './json-operation';
import { applyOperations } from './json-patch';
import { throughJson, Unwritable } from './json-value';
import { withMetadata, withTextEntries } from './metadata';

/**
 * The resource after a JSON patch (api/filters/patchjson6902): the whole object goes through JSON, and its annotations
 * become texts.
 * @returns undefined when nothing is left of it
 */
export function applyJsonPatch(
  resource: EngineResource,
  operations: readonly JsonOperation[],
  site: Site,
  context: TransformContext,
): EngineResource | EngineFault | undefined {
  const name = describeId(currentId(resource));
  if (takesNoNotes(resource)) return notAMap(resource, context);
  const document = throughJson(withBuildAnnotations(resource), 'go-yaml-v3', context.go);
  if (document instanceof Unwritable) {
    const message = `A JSON patch cannot change ${name}: ${document.text} cannot be written as JSON. Flux cannot build this.`;
    return context.fault('patch-does-not-fit', message, site.path);
  }
  const result = applyOperations(document, operations);
  if ('reason' in result) {
    const { op = '', path = '' } = operations[result.index] ?? {};
    const message = `Operation ${String(result.index + 1)} of the patch (${op} ${path}) does not apply to ${name}: ${result.reason}. Flux cannot build this.`;
    return context.fault('patch-does-not-apply', message, site.path);
  }
  if (result.kind !== 'map') {
    return context.fault(
      'patch-does-not-apply',
      `The patch turns ${name} into a list. Flux cannot build this.`,
      site.path,
    );
  }
  if (result.entries.size === 0) return undefined;
  // A number of a patch that is JSON itself may stand there as it was written.
  const written = throughJson(result, 'go-yaml-v3', context.go);
  if (written instanceof Unwritable) return resource;
  const made = { ...resource, node: withoutBuildAnnotations(written) };
  if (unreadableMap(made) === 'annotations') return notAMap(made, context);
  return { ...made, node: withMetadata(made.node, textAnnotations) };
}

const textAnnotations = (metadata: MapNode) => withTextEntries(metadata, 'annotations');
