import { type Schema } from '../../schemas/schema';
import { isObject, stringAt, type JsonObject, type JsonValue } from '../model/json';
import { splitApiVersion } from '../model/resource-id';
import { type Fault, type NameRule } from './fault';
import { reportNames } from './names';
import { objectMeta } from './object-meta';
import { validate, type ValidateOptions } from './validate';
import { Walk } from './walk';

const text: Schema = { type: 'string', minLength: 1 };

/** What every object has, whatever its kind. */
export const anyObject: Schema = {
  type: 'object',
  // And not `preserveUnknownFields`, which would accept anything in `metadata` too.
  additionalProperties: true,
  properties: { apiVersion: text, kind: text, metadata: objectMeta },
  required: ['apiVersion', 'kind', 'metadata'],
};

// Kinds whose names are only bound to be one segment of a path; the others are DNS-1123 subdomains. Some kinds
// (Service) are stricter in some releases: not judged, since a release is rarely known.
const pathSegmentKinds = new Set([
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'apiregistration.k8s.io/APIService',
  'networking.k8s.io/IPAddress',
  // Made by clients, whose names have not always been checked.
  '/Event',
  'events.k8s.io/Event',
]);

/** Grammar of `metadata.name` for a kind (pkg/apis and pkg/registry of Kubernetes). */
export function nameRuleOf(group: string, kind: string): NameRule {
  if (group === '' && kind === 'Namespace') return 'dns-label';
  return pathSegmentKinds.has(`${group}/${kind}`) ? 'path-segment' : 'dns-subdomain';
}

export interface ObjectOptions extends ValidateOptions {
  /**
   * False for an object before rendering: its name and namespace may still be replaced, as a component that names
   * its namespace `_` relies on. True unless given.
   */
  readonly identityIsFinal?: boolean;
}

function nameFaults(object: JsonObject, options: ObjectOptions): Fault[] {
  const metadata = object.get('metadata');
  if (!isObject(metadata)) return [];
  const walk = new Walk(options);
  walk.path.push('metadata');
  const isMissing = [undefined, null].includes(metadata.get('name') as undefined);
  // Flux applies by name: a generated one is refused when kustomize reads the object.
  if (isMissing && options.partial !== true) walk.report({ code: 'missing-required', name: 'name' }, 'key');
  const { group } = splitApiVersion(stringAt(object, 'apiVersion') ?? '');
  const rule = nameRuleOf(group, stringAt(object, 'kind') ?? '');
  reportNames(walk, metadata, options.identityIsFinal === false ? undefined : rule);
  return walk.faults;
}

/**
 * Every fault of a whole object: its identity and metadata, and everything else when the schema of its kind is known
 * (`undefined`: only what holds for every kind is judged). Empty when there is none.
 */
export function validateObject(schema: Schema | undefined, value: JsonValue, options: ObjectOptions = {}): Fault[] {
  const faults = validate(schema ?? anyObject, value, options);
  return isObject(value) ? [...faults, ...nameFaults(value, options)] : faults;
}

/**
 * The schema of a kind with what every object has: resource definitions may leave out identity and metadata, or say
 * less about them than the API server checks.
 */
export function asObject(schema: Schema): Schema {
  const { apiVersion, kind } = schema.properties ?? {};
  const required = new Set([...(schema.required ?? []), 'apiVersion', 'kind', 'metadata']);
  return {
    ...schema,
    type: 'object',
    properties: {
      ...schema.properties,
      apiVersion: { ...text, ...apiVersion },
      kind: { ...text, ...kind },
      metadata: objectMeta,
    },
    required: [...required],
  };
}
