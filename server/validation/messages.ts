import { isArray, isObject, type JsonValue, type Path } from '../model/json';
import { type Fault, type NameRule } from './fault';

/** `spec.containers[0].image`; a key that is no plain word stands in brackets. Empty for the root. */
export function formatPath(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w$-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${step}]`;
  }
  return text;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  quantity: 'a quantity',
};

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** A value in a sentence: scalars as written, the others by what they are. */
function describeValue(value: JsonValue): string {
  if (value === null) return 'empty';
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'a map';
  if (typeof value === 'string') return value === '' ? 'the empty text' : short(value);
  return value.toString();
}

const actualType = (value: JsonValue): string => {
  if (typeof value === 'string') return value === '' ? 'the empty text' : `the text ${short(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (typeof value === 'boolean') return `the truth value ${value}`;
  return describeValue(value);
};

function listed(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

const allowedLimit = 12;

function allowedValues(values: readonly JsonValue[]): string {
  const shown = values.slice(0, allowedLimit).map(describeValue);
  return values.length > allowedLimit
    ? `${shown.join(', ')} and ${values.length - allowedLimit} more`
    : listed(shown, 'or');
}

function bounds(fault: { readonly minimum?: number; readonly maximum?: number }, exclusive = false): string {
  const [least, most] = exclusive ? ['more than', 'less than'] : ['at least', 'at most'];
  const words = [
    ...(fault.minimum === undefined ? [] : [`${least} ${fault.minimum}`]),
    ...(fault.maximum === undefined ? [] : [`${most} ${fault.maximum}`]),
  ];
  return listed(words, 'and');
}

const counted = (count: number, plural: string): string => `${count} ${count === 1 ? plural.slice(0, -1) : plural}`;

const nameGrammar: Readonly<Record<NameRule, string>> = {
  'dns-subdomain': 'lower-case letters, digits, dashes and dots, with a letter or digit at both ends',
  'dns-label': 'at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends',
  'path-segment': 'anything but slashes and percent signs',
  'name-prefix': 'lower-case letters, digits, dashes and dots',
  'label-key':
    'at most 63 letters, digits, dashes, underscores and dots after an optional domain and slash, with a letter or digit at both ends',
  'label-value': 'at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends',
  'annotation-key':
    'at most 63 letters, digits, dashes, underscores and dots after an optional domain and slash, with a letter or digit at both ends',
  finalizer: 'a domain, a slash and a name',
};

const formatNames: Readonly<Record<string, string>> = {
  byte: 'base64',
  'date-time': 'a date and time such as 2024-01-31T12:00:00Z',
  duration: 'a duration such as 1h30m',
  quantity: 'a quantity such as 500m or 1Gi',
  int32: 'a whole number of 32 bits',
  int64: 'a whole number of 64 bits',
};

// Patterns of Flux that have a plain reading; any other pattern is shown as it is.
const patternNames: Readonly<Record<string, string>> = {
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$': 'a duration such as 1h30m, in the units ms, s, m and h',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$': 'a duration such as 90s, in the units ms, s and m (hours are not taken here)',
  '^(http|https)://.*$': 'a URL that begins with http:// or https://',
  '^(http|https)://': 'a URL that begins with http:// or https://',
  '^(http|https|ssh)://.*$': 'a URL that begins with http://, https:// or ssh://',
  '^(http|https|oci)://.*$': 'a URL that begins with http://, https:// or oci://',
  '^oci://.*$': 'a URL that begins with oci://',
};

function problem(fault: Fault): string {
  const place = formatPath(fault.path) || 'The object';
  switch (fault.code) {
    case 'unknown-field': {
      const parent = formatPath(fault.path.slice(0, -1)) || 'The object';
      return `${parent} has no field ${fault.name}.`;
    }
    case 'missing-required':
      return `${place} lacks the field ${fault.name}, which is required.`;
    case 'type':
      return `${place} is ${actualType(fault.actual)}, but must be ${listed(
        fault.expected.map((type) => typeNames[type] ?? type),
        'or',
      )}.`;
    case 'enum':
      return `${place} is ${describeValue(fault.actual)}, but must be ${allowedValues(fault.allowed)}.`;
    case 'pattern': {
      const reading = patternNames[fault.pattern] ?? `text that matches ${fault.pattern}`;
      return `${place} is ${describeValue(fault.actual)}, but must be ${reading}.`;
    }
    case 'length':
      return `${place} has ${counted(fault.actual, 'characters')}, but must have ${bounds(fault)}.`;
    case 'count':
      return `${place} has ${counted(fault.actual, fault.of)}, but must have ${bounds(fault)}.`;
    case 'range': {
      const wanted =
        fault.multipleOf === undefined ? bounds(fault, fault.exclusive) : `a multiple of ${fault.multipleOf}`;
      return `${place} is ${fault.actual}, but must be ${wanted}.`;
    }
    case 'format':
      return `${place} is ${describeValue(fault.actual)}, but must be ${formatNames[fault.format] ?? fault.format}.`;
    case 'duplicate-item': {
      const keys = fault.keys.map(([name, value]) => `${name} ${describeValue(value)}`);
      const what = keys.length === 0 ? 'the value' : listed(keys, 'and');
      return `${place} repeats ${what} of item ${fault.first}.`;
    }
    case 'alternatives':
      return alternatives(place, fault.match, fault.matched, fault.fields);
    case 'forbidden':
      return fault.fields === undefined
        ? `${place} has a form that is ruled out.`
        : `${place} must not set ${listed(fault.fields, 'and')}${fault.fields.length > 1 ? ' together' : ''}.`;
    case 'name':
      return `${describeValue(fault.actual)} is not a valid ${fault.subject}: it must be ${nameGrammar[fault.rule]}.`;
    case 'annotations-size':
      return `${place} takes ${fault.actual} bytes, but may take ${fault.maximum}.`;
  }
}

function alternatives(
  place: string,
  match: 'any' | 'one',
  matched: number,
  fields: readonly (readonly string[])[] | undefined,
): string {
  if (fields === undefined)
    return matched === 0
      ? `${place} has none of its allowed forms.`
      : `${place} has several forms that exclude each other.`;
  const forms = fields.map((names) => listed(names, 'and'));
  if (matched > 0) return `${place} must set only one of ${listed(forms, 'and')}.`;
  return `${place} must set ${match === 'one' ? 'one' : 'at least one'} of ${listed(forms, 'and')}.`;
}

/**
 * A fault in one or two sentences for the user: what is wrong, with the exact names, then what happens
 * (`consequence`), then the likely repair.
 */
export function describeFault(fault: Fault, consequence = 'Flux will fail to apply this object.'): string {
  const hints = fault.code === 'unknown-field' || fault.code === 'enum' ? fault.suggestions : [];
  const hint = hints.length === 0 ? '' : ` Did you mean ${listed(hints, 'or')}?`;
  return `${problem(fault)}${consequence === '' ? '' : ` ${consequence}`}${hint}`;
}
