import { type ValueType, valueTypes } from '../schemas/sops/value-types';
import { count, list, oneOf, optional, read, type Reading, record, Refusal, text } from './reading';

export { versioned } from './reading';

// Messages between the extension and the page of an encrypted file, checked at both ends. The page gets keys, types and what
// is said of the file; a value goes to it alone, in `value`, when it asked for that one.

/** Types of values as SOPS keeps them; comments are rows of their own. */
export type PageValueType = Exclude<ValueType, 'comment'>;
const pageValueTypes = valueTypes.filter((type) => type !== 'comment');

export const rowKinds = ['document', 'map', 'list', 'value', 'null', 'comment'] as const;

/** One line of the page: a key with what stands below it, a value, or a comment. */
export interface PageRow {
  /** The page hands it back and never reads it. */
  readonly id: string;
  readonly kind: (typeof rowKinds)[number];
  readonly depth: number;
  /** The key or list position; of a comment in clear its text, of a document what it declares. */
  readonly label: string;
  readonly type?: PageValueType;
  readonly isEncrypted?: true;
  readonly isEmpty?: true;
  /** Shown and edited as what the base64 stands for. */
  readonly isBase64?: true;
  /** The key of a map can be another. */
  readonly canRename?: true;
  readonly canRemove?: true;
  /** What a new entry of it needs: a key, or only a value. */
  readonly adds?: 'key' | 'item';
}

/** What the file is encrypted for. */
export interface PageRecipient {
  readonly name: string;
  readonly type: string;
  readonly nickname?: string;
}

/** What was tried to open a file. */
export interface PageAttempt {
  readonly place: string;
  readonly outcome: string;
}

/** What a button of the page does; each shows where the extension names it. */
export const fileActions = [
  'openText',
  'retry',
  'look',
  'storeKey',
  'updateKeys',
  'rotate',
  'compare',
  'explain',
  'reload',
  'overwrite',
] as const;
export type FileAction = (typeof fileActions)[number];

interface About {
  readonly title: string;
  readonly recipients: readonly PageRecipient[];
  /** Which rule counts, in a sentence; empty where nothing is known. */
  readonly rule: string;
  readonly actions: readonly FileAction[];
  /** What the user should know now; empty where there is nothing. */
  readonly notice: string;
}

/** Extension → page. */
export type SecretHostMessage =
  | ({ readonly type: 'sealed'; readonly reason: string; readonly attempts: readonly PageAttempt[] } & About)
  | ({
      readonly type: 'open';
      /** Ids are of this revision; a message about another is not followed. */
      readonly revision: number;
      readonly isReadOnly: boolean;
      readonly rows: readonly PageRow[];
    } & About)
  | { readonly type: 'value'; readonly revision: number; readonly id: string; readonly text: string }
  /** The answers to an edit: it is in the file, or it is not and `text` says why. */
  | { readonly type: 'taken'; readonly id: string }
  | { readonly type: 'refused'; readonly id: string; readonly text: string }
  /** A command led the user to this row; `text` says what to do there. */
  | { readonly type: 'focus'; readonly revision: number; readonly id: string; readonly text: string };

/** Page → extension. */
export type SecretPageMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'peek'; readonly revision: number; readonly id: string }
  | { readonly type: 'copy'; readonly revision: number; readonly id: string }
  | ({ readonly type: 'set'; readonly revision: number; readonly id: string } & Typed)
  | ({ readonly type: 'add'; readonly revision: number; readonly id: string; readonly key: string } & Typed)
  | { readonly type: 'rename'; readonly revision: number; readonly id: string; readonly key: string }
  | { readonly type: 'remove'; readonly revision: number; readonly id: string }
  /** Comes behind what was typed. */
  | { readonly type: 'save' }
  | { readonly type: 'act'; readonly action: FileAction }
  | { readonly type: 'fault'; readonly text: string };

interface Typed {
  readonly valueType: PageValueType;
  readonly text: string;
}

/** Largest sizes either end takes; texts in UTF-16 code units. */
export const secretLimits = {
  rows: 10_000,
  recipients: 1_000,
  id: 8_192,
  text: 2_000,
  value: 1_000_000,
  depth: 250,
} as const;

/** Reads a message of the extension in the page. Unknown fields are left out of what is returned. */
export function readSecretHostMessage(value: unknown): Reading<SecretHostMessage> {
  return read(value, ({ type, ...fields }): SecretHostMessage => {
    switch (type) {
      case 'sealed':
        return {
          type,
          ...about(fields),
          reason: line(fields['reason']),
          attempts: list(fields['attempts'], secretLimits.recipients, attempt),
        };
      case 'open':
        return {
          type,
          ...about(fields),
          revision: count(fields['revision']),
          isReadOnly: fields['isReadOnly'] === true,
          rows: list(fields['rows'], secretLimits.rows, row),
        };
      case 'value':
        return { type, ...target(fields), text: text(fields['text'], secretLimits.value) };
      case 'taken':
        return { type, id: id(fields['id']) };
      case 'refused':
        return { type, id: id(fields['id']), text: line(fields['text']) };
      case 'focus':
        return { type, ...target(fields), text: line(fields['text']) };
      default:
        throw new Refusal('type');
    }
  });
}

/** Reads a message of the page in the extension. */
export function readSecretPageMessage(value: unknown): Reading<SecretPageMessage> {
  return read(value, ({ type, ...fields }): SecretPageMessage => {
    switch (type) {
      case 'ready':
      case 'save':
        return { type };
      case 'peek':
      case 'copy':
      case 'remove':
        return { type, ...target(fields) };
      case 'set':
        return { type, ...target(fields), ...typed(fields) };
      case 'add':
        return { type, ...target(fields), ...typed(fields), key: line(fields['key']) };
      case 'rename':
        return { type, ...target(fields), key: line(fields['key']) };
      case 'act':
        return { type, action: oneOf(fileActions, fields['action']) };
      case 'fault':
        return { type, text: line(fields['text']) };
      default:
        throw new Refusal('type');
    }
  });
}

type Fields = Readonly<Record<string, unknown>>;

const id = (value: unknown): string => text(value, secretLimits.id);
const line = (value: unknown): string => text(value, secretLimits.text);

const target = (fields: Fields): { readonly revision: number; readonly id: string } => ({
  revision: count(fields['revision']),
  id: id(fields['id']),
});

const typed = (fields: Fields): Typed => ({
  valueType: oneOf(pageValueTypes, fields['valueType']),
  text: text(fields['text'], secretLimits.value),
});

const about = (fields: Fields): About => ({
  title: line(fields['title']),
  recipients: list(fields['recipients'], secretLimits.recipients, recipient),
  rule: line(fields['rule']),
  actions: list(fields['actions'], fileActions.length, (action) => oneOf(fileActions, action)),
  notice: line(fields['notice']),
});

function recipient(value: unknown): PageRecipient {
  const fields = record(value);
  return { name: line(fields['name']), type: line(fields['type']), ...optional('nickname', fields['nickname'], line) };
}

function attempt(value: unknown): PageAttempt {
  const fields = record(value);
  return { place: line(fields['place']), outcome: line(fields['outcome']) };
}

function row(value: unknown): PageRow {
  const fields = record(value);
  const depth = count(fields['depth']);
  if (depth > secretLimits.depth) throw new Refusal('number');
  const flag = <Name extends string>(name: Name): { [K in Name]?: true } =>
    fields[name] === true ? ({ [name]: true } as { [K in Name]?: true }) : {};
  return {
    id: id(fields['id']),
    kind: oneOf(rowKinds, fields['kind']),
    depth,
    label: line(fields['label']),
    ...optional('type', fields['type'], (type) => oneOf(pageValueTypes, type)),
    ...flag('isEncrypted'),
    ...flag('isEmpty'),
    ...flag('isBase64'),
    ...flag('canRename'),
    ...flag('canRemove'),
    ...optional('adds', fields['adds'], (adds) => oneOf(['key', 'item'] as const, adds)),
  };
}
