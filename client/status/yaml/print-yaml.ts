import { loadLibrary } from '../../../server/yaml/fallback/library';
import { type LiveObject } from '../object-sink';

/** YAML of an object, its keys sorted at every depth, as sigs.k8s.io/yaml writes it; words of YAML 1.1 are quoted. */
export function printYaml(object: LiveObject): string {
  const { Document, isScalar, visit } = loadLibrary();
  const document = new Document(object, {
    version: '1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
    // The library would write a key `<<` as the merge that it is read as.
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:merge'),
  });
  visit(document, {
    Pair(_, { key }) {
      if (isScalar(key) && key.value === '<<') key.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false });
}
