/** One requirement of a label selector: the label is one of the values, is none of them, is there, compares. */
interface Requirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | '>' | '<';
  readonly values: readonly string[];
}

export type LabelSelector = readonly Requirement[];

const symbols = /^(?:==|!=|[=!(),<>])/;
const blank = /^[ \t\r\n]+/;
const word = /^[^=!(),<> \t\r\n]+/;

/** Tokens of the grammar; undefined for a run of signs that is none. */
function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  let rest = text;
  while (rest !== '') {
    const skipped = blank.exec(rest)?.[0].length ?? 0;
    rest = rest.slice(skipped);
    const token = (symbols.exec(rest) ?? word.exec(rest))?.[0] ?? '';
    if (token !== '') tokens.push(token);
    rest = rest.slice(token.length);
  }
  return tokens;
}

const isWord = (token: string | undefined): token is string => token !== undefined && !symbols.test(token);

const name = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

function isKey(key: string): boolean {
  const parts = key.split('/');
  if (parts.length === 1) return name.test(key);
  const [prefix = '', last = ''] = parts;
  return parts.length === 2 && prefix.length <= 253 && subdomain.test(prefix) && name.test(last);
}

/**
 * A selector of labels or annotations in the Kubernetes grammar: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`
 * (kyaml/yaml/internal/k8sgen/pkg/labels/selector.go v0.21.1). Empty text selects everything.
 * @returns undefined when it cannot be read
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  const tokens = tokenize(text);
  const requirements: Requirement[] = [];
  let at = 0;
  while (at < tokens.length) {
    const found = readRequirement(tokens, at);
    if (found === undefined) return undefined;
    requirements.push(found.requirement);
    at = found.end;
    if (at === tokens.length) break;
    if (tokens[at] !== ',') return undefined;
    at++;
    if (!isWord(tokens[at]) && tokens[at] !== '!') return undefined;
  }
  return requirements;
}

interface Read {
  readonly requirement: Requirement;
  readonly end: number;
}

function readRequirement(tokens: readonly string[], start: number): Read | undefined {
  const isNot = tokens[start] === '!';
  const key = tokens[start + (isNot ? 1 : 0)];
  if (!isWord(key) || !isKey(key)) return undefined;
  const at = start + (isNot ? 2 : 1);
  const next = tokens[at];
  if (isNot) return { requirement: { key, operator: 'absent', values: [] }, end: at };
  if (next === undefined || next === ',') return { requirement: { key, operator: 'exists', values: [] }, end: at };
  if (next === 'in' || next === 'notin') return readSet(tokens, key, next, at + 1);
  return readValue(tokens, key, next, at + 1);
}

function readValue(tokens: readonly string[], key: string, sign: string, at: number): Read | undefined {
  const token = tokens[at];
  const value = token === undefined || token === ',' ? '' : token;
  if (value !== '' && (!isWord(value) || !name.test(value))) return undefined;
  const end = value === '' ? at : at + 1;
  if (sign === '=' || sign === '==') return { requirement: { key, operator: 'in', values: [value] }, end };
  if (sign === '!=') return { requirement: { key, operator: 'notin', values: [value] }, end };
  if ((sign !== '>' && sign !== '<') || readInteger(value) === undefined) return undefined;
  return { requirement: { key, operator: sign, values: [value] }, end };
}

function readSet(tokens: readonly string[], key: string, operator: 'in' | 'notin', start: number): Read | undefined {
  const close = tokens.indexOf(')', start);
  if (tokens[start] !== '(' || close < 0) return undefined;
  const values: string[] = [];
  let isExpected = true;
  for (const token of tokens.slice(start + 1, close)) {
    if (token === ',') {
      // Nothing between two commas, or beside a bracket, is the empty value.
      if (isExpected) values.push('');
      isExpected = true;
    } else {
      if (!isExpected || !isWord(token) || !name.test(token)) return undefined;
      values.push(token);
      isExpected = false;
    }
  }
  if (isExpected) values.push('');
  return { requirement: { key, operator, values }, end: close + 1 };
}

function readInteger(text: string | undefined): bigint | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}

/** True when labels meet every requirement. */
export function matchesLabels(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = labels.get(key);
    if (operator === 'exists') return value !== undefined;
    if (operator === 'absent') return value === undefined;
    if (operator === 'in') return value !== undefined && values.includes(value);
    if (operator === 'notin') return value === undefined || !values.includes(value);
    const [is, limit] = [readInteger(value), readInteger(values[0])];
    if (is === undefined || limit === undefined) return false;
    return operator === '>' ? is > limit : is < limit;
  });
}
