import { loadLibrary } from '../../../server/yaml/fallback/library';
import { type LiveObject } from '../object-sink';

/** YAML of an object, its keys sorted at every depth, as sigs.k8s.io/yaml writes it; words of YAML 1.1 are quoted. */
export function printYaml(object: LiveObject): string {
  return loadLibrary().stringify(object, {
    version: '1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
    lineWidth: 0,
    indentSeq: false,
  });
}
