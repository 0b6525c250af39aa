import { type Fields, type Layer } from './feature-tree';
import { type Tree, writeDocument } from './yaml-tree';

const fieldPaths = [
  'metadata.name',
  'spec.template.spec.containers.0.image',
  'spec.template.spec.containers.[name=main].image',
  'metadata.name',
  'spec.template.metadata.labels.app',
  'spec.selector.matchLabels.app',
] as const;

const targetPaths = [
  'metadata.annotations.copied',
  'spec.template.metadata.annotations.[a.b/c]',
  'spec.template.spec.containers.[name=main].env.[name=X].value',
  'spec.template.spec.containers.*.image',
  'spec.new.field',
  'spec.replicas',
  'metadata.labels.copied',
] as const;

/** `replacements`, inline and from a file. */
export function replacementFields(layer: Layer): Fields {
  const { random, write } = layer;
  if (!random.chance(0.25)) return {};
  const made = [replacement(layer), ...random.times(1, () => replacement(layer))];
  if (random.chance(0.25)) {
    write('replacements.yaml', writeDocument(made));
    return { replacements: [{ path: 'replacements.yaml' }] };
  }
  return { replacements: made };
}

function replacement({ random, names }: Layer): Tree {
  const name = names[random.count(names.length - 1)] ?? 'web';
  const pieces = random.chance(0.25)
    ? { options: { delimiter: random.pick(['"."', '"-"', '":"']), index: String(random.count(2)) } }
    : {};
  const source: Tree = {
    kind: 'Deployment',
    ...(random.chance(0.95) && { name }),
    ...(random.chance(0.7) && { fieldPath: random.pick(fieldPaths) }),
    ...pieces,
  };
  const target = (): Tree => ({
    select: random.pick<Tree>([{ kind: 'Deployment' }, { kind: 'Thing' }, { name }, { kind: 'Service' }]),
    ...(random.chance(0.15) && { reject: [{ kind: 'Service' }] }),
    ...(random.chance(0.9) && { fieldPaths: [random.pick(targetPaths)] }),
    ...(random.chance(0.75)
      ? { options: { create: 'true' } }
      : random.chance(0.3)
        ? { options: { delimiter: '"-"', index: random.pick(['0', '1', '-1']) } }
        : {}),
  });
  const from: Tree = random.chance(0.1) ? { sourceValue: random.pick(['fixed', '"5"', '"a: b"']) } : { source };
  return { ...from, targets: [target(), ...random.times(1, target)] };
}

/** `vars`, which arguments of the containers use. */
export function variableFields({ random, names }: Layer): Fields {
  if (!random.chance(0.12)) return {};
  const name = names[random.count(names.length - 1)] ?? 'web';
  const objref = { kind: 'Deployment', name: random.chance(0.95) ? name : 'absent', apiVersion: 'apps/v1' };
  const vars: Tree[] = [
    { name: 'NAME', objref, ...(random.chance(0.5) && { fieldref: { fieldpath: 'metadata.name' } }) },
  ];
  if (random.chance(0.3)) {
    const fieldpath = random.pick(['spec.template.spec.containers[0].image', 'spec.replicas', 'spec.absent']);
    vars.push({ name: random.chance(0.9) ? 'PORT' : 'NAME', objref, fieldref: { fieldpath } });
  }
  return { vars };
}
