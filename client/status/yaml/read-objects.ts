import { isObject } from '../../../server/model/json';
import { parseDocument } from '../../../server/yaml/parse';
import { valueOf } from '../../../server/yaml/scalar';
import { splitDocuments } from '../../../server/yaml/split';
import { splitApiVersion, type ResourceId } from '../../../server/model/resource-id';
import { liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { plainValue } from './plain-value';

/** The objects of a YAML text, in order; documents that hold none are passed over. */
export function readObjects(text: string): readonly LiveObject[] {
  return splitDocuments(text).flatMap(({ start, end }): readonly LiveObject[] => {
    const document = parseDocument(text.slice(start, end));
    const value = valueOf(document, document.root);
    return isObject(value) ? [plainValue(value) as LiveObject] : [];
  });
}

/** Whose object it is, as it says itself. */
export function idOfObject(object: LiveObject): ResourceId {
  return {
    group: splitApiVersion(liveText(object, 'apiVersion') ?? '').group,
    kind: liveText(object, 'kind') ?? '',
    namespace: liveText(object, 'metadata', 'namespace') ?? '',
    name: liveText(object, 'metadata', 'name') ?? '',
  };
}
