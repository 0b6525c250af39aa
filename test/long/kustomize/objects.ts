import { type Random } from './random';
import { type Tree } from './yaml-tree';

type Fields = Record<string, Tree>;

export interface TreeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

const scalars = [
  'text',
  'other text',
  '5',
  '"5"',
  "'6'",
  'true',
  '"true"',
  'null',
  '~',
  '',
  '1.5',
  '2020-01-01',
  '0x1F',
  'yes',
  '"no"',
  '1000000',
  '9007199254740993',
  '|-\n  two\n  lines',
  '>-\n  folded\n  text',
  '"quoted text"',
] as const;

const kinds = [
  'apps/v1 Deployment',
  'apps/v1 StatefulSet',
  'v1 Pod',
  'v1 Service',
  'v1 ConfigMap',
  'v1 Namespace',
  'example.org/v1 Thing',
  'rbac.authorization.k8s.io/v1 RoleBinding',
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'batch/v1 CronJob',
  'v1 Node',
  'networking.k8s.io/v1 NetworkPolicy',
  'extensions/v1beta1 Deployment',
] as const;

export const names = ['a', 'b', 'web'] as const;
export const labelTexts = ['web', '"5"', 'api', 'x', '"true"', 'web2'] as const;

export function scalar(random: Random): string {
  return random.pick(scalars);
}

/** A map of labels or annotations. */
export function labels(random: Random): Tree {
  if (random.chance(0.05)) return random.pick(['', '{}']);
  return Object.fromEntries(
    random.some(['app', 'tier', 'team', 'note'], 0.5).map((key) => [key, random.pick(labelTexts)]),
  );
}

function anything(random: Random, depth: number): Tree {
  const form = depth <= 0 ? 0 : random.next();
  if (form < 0.55) return scalar(random);
  if (form < 0.75) return random.times(3, () => anything(random, depth - 1));
  return Object.fromEntries(
    random.some(['x', 'y', 'z', 'containers', 'name'], 0.5).map((key) => [key, anything(random, depth - 1)]),
  );
}

function optional(random: Random, fields: Readonly<Record<string, () => Tree>>, share: number): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(() => random.chance(share))
      .map(([key, make]) => [key, make()]),
  );
}

/** A list whose items are told apart by a field; now and then one has none. */
function named(random: Random, key: string, values: readonly [string, ...string[]], rest: () => Fields): Tree {
  return random.times(3, () => (random.chance(0.96) ? { [key]: random.pick(values), ...rest() } : rest()));
}

function container(random: Random): Fields {
  return optional(
    random,
    {
      image: () => random.pick(['app:1', 'app', '"app:2"', 'reg.example/app@sha256:0a', 'other:1', '']),
      env: () => named(random, 'name', ['A', 'B', 'C'], () => optional(random, { value: () => scalar(random) }, 0.7)),
      ports: () =>
        named(random, 'containerPort', ['80', '81', '"80"'], () =>
          optional(random, { protocol: () => random.pick(['TCP', 'UDP']), name: () => random.pick(names) }, 0.5),
        ),
      volumeMounts: () => named(random, 'mountPath', ['/a', '/b'], () => ({ name: random.pick(names) })),
      args: () => random.times(2, () => scalar(random)),
      tty: () => scalar(random),
    },
    0.4,
  );
}

function podSpec(random: Random): Fields {
  return optional(
    random,
    {
      containers: () => named(random, 'name', ['one', 'two', 'three'], () => container(random)),
      initContainers: () => named(random, 'name', ['one', 'two'], () => container(random)),
      volumes: () => named(random, 'name', names, () => optional(random, { emptyDir: () => '{}' }, 0.6)),
      imagePullSecrets: () => named(random, 'name', ['s', 't'], () => ({})),
      tolerations: () => random.times(2, () => ({ key: random.pick(names) })),
      topologySpreadConstraints: () =>
        named(random, 'topologyKey', ['zone', 'host'], () =>
          optional(
            random,
            {
              whenUnsatisfiable: () => random.pick(['Never', 'Always']),
              maxSkew: () => '1',
              labelSelector: () => ({ matchLabels: labels(random) }),
            },
            0.6,
          ),
        ),
      hostNetwork: () => scalar(random),
    },
    0.4,
  );
}

function template(random: Random): Fields {
  return optional(
    random,
    {
      metadata: () => optional(random, { labels: () => labels(random), annotations: () => labels(random) }, 0.6),
      spec: () => podSpec(random),
    },
    0.85,
  );
}

/** Fields of an object of a kind, beside its metadata. */
function body(random: Random, kind: string): Fields {
  const selector = () => ({ matchLabels: labels(random) });
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
      return {
        spec: optional(
          random,
          {
            replicas: () => scalar(random),
            selector,
            template: () => template(random),
            volumeClaimTemplates: () => random.times(1, () => ({ metadata: { name: 'v' } })),
          },
          0.6,
        ),
      };
    case 'CronJob':
      return { spec: { jobTemplate: { spec: { template: template(random) } } } };
    case 'Pod':
      return { spec: podSpec(random) };
    case 'Service':
      return {
        spec: optional(
          random,
          {
            selector: () => labels(random),
            ports: () =>
              named(random, 'port', ['80', '53'], () =>
                optional(
                  random,
                  {
                    protocol: () => random.pick(['TCP', 'UDP']),
                    name: () => random.pick(names),
                    targetPort: () => scalar(random),
                  },
                  0.5,
                ),
              ),
          },
          0.8,
        ),
      };
    case 'ConfigMap':
      return optional(
        random,
        { data: () => Object.fromEntries(random.some(['k', 'l', 'm'], 0.6).map((key) => [key, scalar(random)])) },
        0.9,
      );
    case 'RoleBinding':
      return {
        subjects: random.times(3, () => ({
          kind: random.pick(['ServiceAccount', 'User']),
          name: random.pick(['default', 'a']),
          ...optional(random, { namespace: () => random.pick(['shop', 'default']) }, 0.4),
        })),
      };
    case 'NetworkPolicy':
      return {
        spec: optional(
          random,
          {
            podSelector: selector,
            ingress: () => random.times(2, () => ({ from: random.times(2, () => ({ podSelector: selector() })) })),
          },
          0.7,
        ),
      };
    case 'Node':
      return {
        spec: optional(
          random,
          {
            podCIDRs: () => random.times(3, () => random.pick(['10.0.0.0/8', '10.1.0.0/16', '"5"'])),
            taints: () => random.times(2, () => ({ key: random.pick(names) })),
          },
          0.7,
        ),
      };
    case 'Thing':
      return {
        spec: anything(random, 3),
        ...(random.chance(0.2) && { embedded: { apiVersion: 'v1', kind: 'Pod', spec: podSpec(random) } }),
      };
    default:
      return {};
  }
}

export function object(random: Random): { readonly id: TreeObject; readonly tree: Fields } {
  const [apiVersion = '', kind = ''] = random.pick(kinds).split(' ');
  const id = {
    apiVersion,
    kind,
    name: random.pick(names),
    namespace: random.chance(0.3) ? random.pick(['shop', 'default']) : '',
  };
  return { id, tree: objectTree(random, id) };
}

/** The object of an id with other content each time. */
export function objectTree(random: Random, { apiVersion, kind, name, namespace }: TreeObject): Fields {
  const metadata = {
    name,
    ...(namespace !== '' && { namespace }),
    ...optional(
      random,
      {
        labels: () => labels(random),
        annotations: () => labels(random),
        finalizers: () => random.times(2, () => random.pick(['f/a', 'f/b'])),
      },
      0.3,
    ),
  };
  return { apiVersion, kind, metadata, ...body(random, kind) };
}
