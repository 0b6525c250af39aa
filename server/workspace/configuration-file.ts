import { type FilePath, joinPath } from '../model/file-path';
import { severities, type Severity } from '../model/finding';
import { isObject, itemsAt, type JsonObject, type JsonValue, objectAt, stringAt } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { type YamlFile } from '../yaml/file';
import { nodeAt } from '../yaml/locate';
import { valueOf } from '../yaml/scalar';
import { type ClusterConfiguration, type Colour, type Configuration, emptyConfiguration } from './configuration';

/** A fault of `.fluxwright.yaml`: one sentence and the path it stands at. */
export interface ConfigurationFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

const clusterFields = [
  'path',
  'name',
  'flux',
  'kubernetes',
  'sources',
  'values',
  'inputs',
  'external',
  'colour',
  'server',
];
const topFields = ['clusters', 'rules', 'ignore', 'limits'];
const limitFields = ['document'];
const colours = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];

function texts(value: JsonObject | undefined): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [key, item] of value ?? []) if (typeof item === 'string') result[key] = item;
  return result;
}

function refuseUnknown(
  value: JsonObject,
  known: readonly string[],
  path: ConfigurationFault['path'],
  faults: ConfigurationFault[],
): void {
  for (const key of value.keys()) {
    if (!known.includes(key))
      faults.push({ path: [...path, key], message: `${key} is not a field of .fluxwright.yaml.` });
  }
}

function readCluster(
  document: YamlDocument,
  value: JsonValue,
  index: number,
  faults: ConfigurationFault[],
): ClusterConfiguration | undefined {
  const at = ['clusters', index];
  const path = joinPath('', stringAt(value, 'path') ?? '/');
  if (!isObject(value) || path === undefined) {
    faults.push({ path: at, message: 'A cluster needs a path: a folder of this repository.' });
    return undefined;
  }
  refuseUnknown(value, clusterFields, at, faults);
  const colour = stringAt(value, 'colour');
  if (colour !== undefined && !colours.includes(colour)) {
    faults.push({ path: [...at, 'colour'], message: `${colour} is none of ${colours.join(', ')}.` });
  }
  const optional: Record<string, unknown> = {};
  for (const field of ['name', 'flux', 'kubernetes', 'server']) {
    // As written: unquoted, 2.10 would be the number 2.1.
    const node = nodeAt(document, [...at, field]);
    if (node?.kind === 'scalar' && node.text !== '') optional[field] = node.text;
  }
  const sources: Record<string, FilePath> = {};
  for (const [key, folder] of Object.entries(texts(objectAt(value, 'sources'))))
    sources[key] = joinPath('', folder) ?? '';
  const inputs: Record<string, readonly JsonObject[]> = {};
  for (const [key, list] of objectAt(value, 'inputs') ?? []) inputs[key] = itemsAt(list).filter(isObject);
  return {
    ...optional,
    path,
    sources,
    values: texts(objectAt(value, 'values')),
    inputs,
    external: itemsAt(value, 'external').filter((id) => typeof id === 'string'),
    ...(colour !== undefined && colours.includes(colour) ? { colour: colour as Colour } : {}),
  };
}

/** Reads the configuration; what cannot be read is left out and reported. */
export function readConfiguration(file: YamlFile | undefined): {
  configuration: Configuration;
  faults: ConfigurationFault[];
} {
  const faults: ConfigurationFault[] = [];
  const document = file?.documents[0]?.document;
  for (const fault of document?.faults ?? []) faults.push({ path: [], message: fault.message });
  if (document?.root === undefined) return { configuration: emptyConfiguration, faults };
  const value = valueOf(document, document.root);
  if (!isObject(value)) {
    faults.push({ path: [], message: '.fluxwright.yaml must be a map of fields.' });
    return { configuration: emptyConfiguration, faults };
  }
  refuseUnknown(value, topFields, [], faults);
  const rules: Record<string, Severity | 'off'> = {};
  for (const [code, severity] of Object.entries(texts(objectAt(value, 'rules')))) {
    if (severity === 'off' || (severities as readonly string[]).includes(severity)) rules[code] = severity as Severity;
    else faults.push({ path: ['rules', code], message: `${severity} is none of ${severities.join(', ')}, off.` });
  }
  const limits = objectAt(value, 'limits');
  refuseUnknown(limits ?? new Map(), limitFields, ['limits'], faults);
  const limit = limits?.get('document');
  const clusters = itemsAt(value, 'clusters').map((item, index) => readCluster(document, item, index, faults));
  return {
    configuration: {
      clusters: clusters.filter((cluster) => cluster !== undefined),
      rules,
      ignore: itemsAt(value, 'ignore').filter((pattern) => typeof pattern === 'string'),
      limits: typeof limit === 'number' ? { document: limit } : {},
    },
    faults,
  };
}
