import { type Fields, type Layer } from './feature-tree';
import { type Tree } from './yaml-tree';

/** `configMapGenerator`, `secretGenerator` and `generatorOptions`, with the files they read. */
export function generatorFields(layer: Layer): Fields {
  const { random } = layer;
  return {
    ...(random.chance(0.3) && {
      configMapGenerator: [generator(layer, nameIn(layer, 'made'), false), ...more(layer, false)],
    }),
    ...(random.chance(0.25) && {
      secretGenerator: [generator(layer, nameIn(layer, 'keys'), true), ...more(layer, true)],
    }),
    ...(random.chance(0.12) && { generatorOptions: options(layer) }),
  };
}

/** Mostly one of its own in every layer. */
const nameIn = ({ random, depth }: Layer, name: string): string =>
  depth === 1 || random.chance(0.2) ? name : `${name}-${String(depth)}`;

const more = (layer: Layer, isSecret: boolean): Tree[] =>
  layer.random.chance(0.15) ? [generator(layer, layer.random.pick(['more', 'more', 'more', 'made']), isSecret)] : [];

function options({ random }: Layer): Tree {
  return {
    ...(random.chance(0.5) && { disableNameSuffixHash: random.pick(['true', 'false']) }),
    ...(random.chance(0.4) && { labels: { made: 'by-hand' } }),
    ...(random.chance(0.4) && { annotations: { why: '"1"' } }),
    ...(random.chance(0.2) && { immutable: 'true' }),
  };
}

function generator(layer: Layer, name: string, isSecret: boolean): Tree {
  const { random, write, isRoot } = layer;
  write('plain.txt', random.pick(['hello\n', 'no end', 'two\nlines\n', 'ümläut\n', '\ttab\n', '']));
  write('settings.env', 'A=1\nB="two words"\n# comment\nC = spaced\nD=x=y\n\n');
  write('other.env', 'E=5\n');
  const files = [['plain.txt'], ['key=plain.txt'], ['a.b=plain.txt', 'settings.env'], ['absent.txt'], ['=plain.txt']];
  const behavior = isRoot && random.chance(0.4) ? random.pick(['merge', 'replace', 'create', 'other']) : undefined;
  return {
    name,
    ...(behavior !== undefined && { behavior }),
    ...(random.chance(0.6) && {
      literals: random
        .some(['a=b', 'n=5', '\'q="x"\'', 't=true', 'e=', 'sp=" x "'], 0.5)
        .concat(random.chance(0.02) ? ['bad'] : []),
    }),
    ...(random.chance(0.35) && { files: files[random.chance(0.95) ? random.count(2) : 3 + random.count(1)] ?? [] }),
    ...(random.chance(0.25) && { envs: random.chance(0.95) ? ['settings.env'] : ['absent.env'] }),
    ...(random.chance(0.06) && { env: 'other.env' }),
    ...(random.chance(0.2) && { options: options(layer) }),
    ...(random.chance(0.1) && { namespace: 'shop' }),
    ...(isSecret && random.chance(0.3) && { type: random.pick(['Opaque', 'kubernetes.io/tls']) }),
  };
}
