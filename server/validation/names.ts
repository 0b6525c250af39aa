import { isArray, isObject, type JsonObject, type JsonValue } from '../model/json';
import { type NameRule } from './fault';
import { type Walk } from './walk';

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const dnsLabel = new RegExp(`^${label}$`);
const dnsSubdomain = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedPart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

const isSubdomain = (text: string): boolean => text.length <= 253 && dnsSubdomain.test(text);

function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop() ?? '';
  if (parts.length > 1 || (parts[0] !== undefined && !isSubdomain(parts[0]))) return false;
  return name.length <= 63 && qualifiedPart.test(name);
}

/** Source of the grammars: apimachinery, util/validation and api/validation/path. */
const holds: Readonly<Record<NameRule, (text: string) => boolean>> = {
  'dns-subdomain': isSubdomain,
  'dns-label': (text) => text.length <= 63 && dnsLabel.test(text),
  'path-segment': (text) => text !== '' && text !== '.' && text !== '..' && !/[/%]/.test(text),
  // What the server adds may end in a letter, so a trailing dash is fine.
  'name-prefix': (text) => isSubdomain(text.replace(/-$/, 'a')),
  'label-key': isQualifiedName,
  'label-value': (text) => text === '' || (text.length <= 63 && qualifiedPart.test(text)),
  'annotation-key': (text) => isQualifiedName(text.toLowerCase()),
  finalizer: isQualifiedName,
};

/** True when the text fits the grammar. */
export function isName(rule: NameRule, text: string): boolean {
  return holds[rule](text);
}

// The API server's limit for keys and values of all annotations together, in bytes.
const annotationsLimit = 256 * 1024;

function reportName(walk: Walk, subject: string, rule: NameRule, value: JsonValue | undefined, part: 'key' | 'value') {
  if (typeof value !== 'string' || walk.isUnknown(value) || holds[rule](value)) return;
  walk.report({ code: 'name', subject, rule, actual: value }, part);
}

function within(walk: Walk, step: string | number, report: () => void): void {
  walk.path.push(step);
  report();
  walk.path.pop();
}

function reportLabels(walk: Walk, labels: JsonObject): void {
  for (const [key, value] of labels)
    within(walk, key, () => {
      reportName(walk, 'label', 'label-key', key, 'key');
      reportName(walk, 'label value', 'label-value', value, 'value');
    });
}

function reportAnnotations(walk: Walk, annotations: JsonObject): void {
  let size = 0;
  for (const [key, value] of annotations) {
    // An upper bound: exact bytes are only counted when it is near the limit.
    size += 3 * (key.length + (typeof value === 'string' ? value.length : 0));
    within(walk, key, () => reportName(walk, 'annotation', 'annotation-key', key, 'key'));
  }
  if (size <= annotationsLimit) return;
  const encoder = new TextEncoder();
  const bytes = (text: JsonValue): number => (typeof text === 'string' ? encoder.encode(text).length : 0);
  const actual = [...annotations].reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0);
  if (actual > annotationsLimit) walk.report({ code: 'annotations-size', actual, maximum: annotationsLimit }, 'key');
}

function reportIdentity(walk: Walk, metadata: JsonObject, rule: NameRule): void {
  const name = metadata.get('name');
  within(walk, 'name', () => reportName(walk, 'name', rule, name, 'value'));
  const prefix = metadata.get('generateName');
  if (name === undefined && prefix !== undefined && prefix !== '')
    within(walk, 'generateName', () => reportName(walk, 'name', 'name-prefix', prefix, 'value'));
  const namespace = metadata.get('namespace');
  // An empty namespace means none.
  if (namespace !== '') within(walk, 'namespace', () => reportName(walk, 'namespace', 'dns-label', namespace, 'value'));
}

/**
 * Adds the faults of the names in `metadata`, where the walk stands; values that are not text are left to the schema.
 * Without a rule, name and namespace are not judged.
 */
export function reportNames(walk: Walk, metadata: JsonObject, rule: NameRule | undefined): void {
  if (rule !== undefined) reportIdentity(walk, metadata, rule);
  const labels = metadata.get('labels');
  if (isObject(labels)) within(walk, 'labels', () => reportLabels(walk, labels));
  const annotations = metadata.get('annotations');
  if (isObject(annotations)) within(walk, 'annotations', () => reportAnnotations(walk, annotations));
  const finalizers = metadata.get('finalizers');
  if (isArray(finalizers))
    within(walk, 'finalizers', () => {
      for (const [index, item] of finalizers.entries())
        within(walk, index, () => reportName(walk, 'finalizer', 'finalizer', item, 'value'));
    });
}
