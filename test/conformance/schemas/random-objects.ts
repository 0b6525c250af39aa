import { type CrdSchema } from './stored-crds';

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// Texts of the kinds that patterns of the Flux kinds ask for, and a few that none accepts.
const texts = [
  'name', 'a', 'name-1', 'Name.With.Dots', '5m', '60s', '1h30m', '1.5h', '100ms', 'https://example.com/x', 'http://x',
  'ssh://git@example.com/x', 'oci://example.com/x', '@repo/apps/**', '@repo', '@artifact/', '@artifact/apps', '*',
  'values.a[0].b', '2.x', 'https://hooks.example.com', 'git@github.com:a/b', '', '5x', ' ', 'ünï', '/', 'sops',
]; // prettier-ignore

/** Length as the API server counts it: code points. */
const lengthOf = (text: string): number => Array.from(text).length;

function isText(schema: CrdSchema, text: string): boolean {
  const { pattern, minLength = 0, maxLength = Infinity } = schema;
  const isLong = lengthOf(text) >= minLength && lengthOf(text) <= maxLength;
  return isLong && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}

const someTexts = (schema: CrdSchema): string[] => {
  const allowed = (schema['enum'] as string[] | undefined) ?? texts;
  return allowed.filter((text) => isText(schema, text));
};

const strays = [null, true, 0, -1, 1.5, 10001, 'text', '', [], [null], {}, { stray: 1 }];

/** An object of the schema's shape in which now and then something is missing, too much or wrong. */
export function randomValue(schema: CrdSchema, random: () => number): unknown {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  if (random() < 0.004) return pick(strays);
  if (schema.type === 'object') {
    const value: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(name) === true;
      if (random() < (isRequired ? 0.995 : 0.3)) value[name] = randomValue(field, random);
    }
    if (schema.additionalProperties !== undefined)
      for (const name of ['one', 'two'])
        if (random() < 0.5) value[name] = randomValue(schema.additionalProperties, random);
    if (random() < 0.004) value['stray'] = 1;
    return value;
  }
  if (schema.type === 'array') {
    const least = (schema['minItems'] as number | undefined) ?? 0;
    const count = random() < 0.99 ? Math.max(least, Math.floor(random() * 3)) : 0;
    return Array.from({ length: count }, () => (schema.items === undefined ? 1 : randomValue(schema.items, random)));
  }
  if (schema.type === 'boolean') return random() < 0.5;
  if (schema.type === 'integer') return Math.floor(random() * 20) - 1;
  if (schema.type === 'string') return pick(random() < 0.995 ? someTexts(schema) : texts) ?? 'text';
  return pick(strays);
}

/** An object that has every field once, each with a value that its schema accepts. */
export function fullValue(schema: CrdSchema): unknown {
  if (schema.type === 'object') {
    const value: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) value[name] = fullValue(field);
    if (schema.additionalProperties !== undefined) value['one'] = fullValue(schema.additionalProperties);
    return value;
  }
  if (schema.type === 'array') {
    const count = Math.max(1, (schema['minItems'] as number | undefined) ?? 1);
    return Array.from({ length: count }, () => (schema.items === undefined ? 1 : fullValue(schema.items)));
  }
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema['minimum'] ?? 1;
  if (schema.type === 'string') {
    const [text] = someTexts(schema);
    if (text === undefined) throw new Error(`no sample text for ${JSON.stringify(schema)}`);
    return text;
  }
  return { any: ['thing'] };
}

const longer = (text: string, by: number): string => text + 'a'.repeat(Math.max(0, by - lengthOf(text)));

/**
 * Values for one field, at least one on each side of every keyword it has, and one of each type. `undefined`: the
 * field is left out.
 */
export function mutantsOf(schema: CrdSchema, value: unknown): unknown[] {
  const bound = (keyword: string): number | undefined => schema[keyword] as number | undefined;
  const mutants: unknown[] = [undefined, null, true, 3, 1.5, 'text', [], ['text'], [null], {}, { stray: 1 }];
  if (schema['enum'] !== undefined) mutants.push(...(schema['enum'] as unknown[]), 'notOneOfThem');
  if (schema['pattern'] !== undefined) mutants.push(...texts);
  for (const length of [bound('minLength'), bound('maxLength')]) {
    if (length === undefined) continue;
    for (const near of [length - 1, length, length + 1]) mutants.push('a'.repeat(Math.max(0, near)));
    mutants.push(longer('@artifact/', length), longer('@artifact/', length + 1), longer('https://', length + 1));
  }
  for (const count of [bound('minItems'), bound('maxItems')]) {
    if (count === undefined) continue;
    const item: unknown = Array.isArray(value) ? value[0] : 1;
    for (const near of [count - 1, count, count + 1])
      mutants.push(Array.from({ length: Math.max(0, near) }, () => item));
  }
  for (const limit of [bound('minimum'), bound('maximum')])
    if (limit !== undefined) mutants.push(limit - 1, limit, limit + 1);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) mutants.push({ ...value, stray: 1 });
  return mutants;
}
