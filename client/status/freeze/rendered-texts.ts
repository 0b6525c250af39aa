import { resourceKey } from '../../../server/model/resource-id';
import { liveId, type LiveId } from '../live/live-id';
import { liveAt } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { idOfObject, readObjects } from '../yaml/read-objects';
import { type RenderedFields } from './rendered-fields';

/**
 * What Git says about fields, read off what appliers render.
 * @param texts by the applier; those that are not among them are not known
 * @param context where the objects live
 */
export function fieldsOfTexts(context: string, texts: ReadonlyMap<LiveId, string>): RenderedFields {
  const objects = new Map<LiveId, ReadonlyMap<string, LiveObject>>();
  for (const [applier, text] of texts) {
    objects.set(
      applier,
      new Map(readObjects(text).map((object) => [liveId(context, resourceKey(idOfObject(object))), object])),
    );
  }
  return {
    field(applier, { context: where, key }, path) {
      const object = objects.get(applier)?.get(liveId(where, key));
      if (object === undefined) return { name: 'unknown' };
      const value = liveAt(object, path.split('.'));
      if (value === undefined || value === null) return { name: 'absent' };
      return typeof value === 'object' ? { name: 'unknown' } : { name: 'value', value };
    },
  };
}
