import { type Random } from '../kustomize/random';

/** Templates of values, with `@` for a text and `#` for a number, `~` for a list and `$` for a map. */
const forms = {
  '@': [
    'inputs.name',
    'inputs.text',
    'inputs.empty',
    '"a-b"',
    '(upper @)',
    '(lower @)',
    '(trim @)',
    '(title @)',
    '(quote @)',
    '(squote @)',
    '(trunc # @)',
    '(replace "o" "0" @)',
    '(trimPrefix "a" @)',
    '(trimSuffix "b" @)',
    '(repeat 2 @)',
    '(default "d" @)',
    '(coalesce @ @ "z")',
    '(ternary @ @ (eq @ @))',
    '(printf "%s-%s" @ @)',
    '(printf "%v.%d" @ #)',
    '(join "," ~)',
    '(first (append ~ @))',
    '(index (list @ @) 1)',
    '(get $ "a")',
    '(dig "a" "none" $)',
    '(slugify @)',
    '(toString #)',
    '(toJson ~)',
    '(toJson $)',
    '(b64enc @)',
    '(cat @ #)',
    '(substr 0 2 @)',
    '(indent 1 @)',
    '(print @ # #)',
    '(@ | lower | quote)',
  ],
  '#': [
    'inputs.count',
    '3',
    '(add # #)',
    '(sub # #)',
    '(mul # 2)',
    '(max # #)',
    '(min # 4)',
    '(len ~)',
    '(len @)',
    '(int "12")',
    '(mod # 3)',
  ],
  '~': [
    'inputs.list',
    '(list @ @)',
    '(splitList "-" @)',
    '(sortAlpha ~)',
    '(uniq ~)',
    '(reverse ~)',
    '(compact ~)',
    '(without ~ @)',
    '(append ~ @)',
    '(prepend ~ @)',
    '(concat ~ ~)',
    '(keys $ | sortAlpha)',
  ],
  $: ['inputs.map', '(dict "a" @)', '(pick $ "a")', '(omit $ "b")'],
} as const;

type Sort = keyof typeof forms;
const isSort = (char: string): char is Sort => char in forms;

function expression(random: Random, sort: Sort, depth: number): string {
  const all: readonly string[] = forms[sort];
  const plain = all.filter((form) => !form.split('').some(isSort));
  const [first = '', ...rest] = depth > 0 ? all : plain;
  const form = random.pick([first, ...rest]);
  return form
    .split('')
    .map((char) => (isSort(char) ? expression(random, char, depth - 1) : char))
    .join('');
}

const any = (random: Random): string => expression(random, random.pick<Sort>(['@', '@', '@', '#', '~', '$']), 3);

function statement(random: Random, depth: number): string {
  const inner = depth > 0 ? statement(random, depth - 1) : `<< ${any(random)} >>`;
  return random.pick<() => string>([
    () => `<< ${any(random)} >>`,
    () => `x<<- ${any(random)} ->> y`,
    () => `<< if ${any(random)} >>${inner}<< else >>no<< end >>`,
    () => `<< if eq ${expression(random, '@', 1)} ${expression(random, '@', 1)} >>${inner}<< end >>`,
    () => `<< range $i, $v := ${expression(random, '~', 2)} >><< $i >>=<< $v >>;<< end >>`,
    () => `<< range $k, $v := ${expression(random, '$', 2)} >><< $k >>=<< $v >>;<< end >>`,
    () => `<< range ${expression(random, '~', 2)} >><< if eq . "a" >><< continue >><< end >><< . >><< end >>`,
    () => `<< with ${any(random)} >><< . >><< end >>`,
    () => `<< $x := ${any(random)} >><< if true >><< $x = ${any(random)} >><< end >><< $x >>`,
  ])();
}

/** A ResourceSet with random templates over inputs of every sort. */
export function makeResourceSet(random: Random): string {
  const inputs = Array.from(
    { length: random.count(2) + 1 },
    (_, index) =>
      `    - {name: ${random.pick(['web', 'api', 'a-b'])}${index}, text: "${random.pick(['Hello World', 'a', 'x-y-z'])}", empty: "", ` +
      `count: ${random.count(8)}, list: [c, a, "${random.pick(['a', '', 'b'])}"], map: {a: one, b: "${random.count(4)}"}}\n`,
  );
  const lines = Array.from({ length: random.count(3) + 1 }, () => `        ${statement(random, 1)}\n`);
  const block = `    ---\n    apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: << inputs.name >>, namespace: apps}\n    data:\n      text: |\n`;
  const value = JSON.stringify(`<< ${any(random)} >>`);
  const resource =
    `    - apiVersion: v1\n      kind: ConfigMap\n      metadata: {name: fixed-<< inputs.name >>, namespace: apps}\n` +
    `      data: {value: ${value}}\n`;
  return (
    `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: set, namespace: apps}\nspec:\n` +
    `  inputs:\n${inputs.join('')}${random.chance(0.5) ? `  resources:\n${resource}` : ''}` +
    `  resourcesTemplate: |\n${block}${lines.join('')}`
  );
}
