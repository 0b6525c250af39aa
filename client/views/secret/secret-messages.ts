import { type FileAction, type PageRow, secretLimits, type SecretHostMessage } from '../../../webview/secret-protocol';
import type * as Secrets from '../../secrets/secrets';

/** What is said of a file besides its values. */
export interface FileNote {
  readonly title: string;
  readonly recipients: readonly Secrets.Recipient[];
  /** The rule that counts for it; undefined where nothing is encrypted yet. */
  readonly rule: Secrets.RuleReading | undefined;
  /** How its keys differ from those of the rule. */
  readonly drift: string | undefined;
  readonly hasChangedOnDisk: boolean;
}

/** The page of a file that is shut. */
export function sealedMessage(
  state: {
    readonly reason: string;
    readonly attempts: readonly Secrets.KeyAttempt[];
    readonly canLook: boolean;
  },
  note: FileNote,
): SecretHostMessage {
  const look: FileAction[] = state.canLook ? ['look'] : [];
  const store: FileAction[] = state.attempts.length > 0 ? ['storeKey'] : [];
  return {
    type: 'sealed',
    ...aboutFile(note, ['retry', ...look, ...store, 'explain', 'openText']),
    reason: cut(state.reason),
    attempts: state.attempts
      .slice(0, secretLimits.recipients)
      .map(({ place, outcome }) => ({ place: cut(place), outcome: cut(outcome) })),
  };
}

/** The page of an opened file: its rows without any value. */
export function openMessage(secret: Secrets.EditedSecret, isReadOnly: boolean, note: FileNote): SecretHostMessage {
  const rows = secret.rows();
  const isBinary = secret.current.format === 'binary';
  const shown = rows.filter(({ id }) => id.length <= secretLimits.id).slice(0, secretLimits.rows);
  const left = rows.length - shown.length;
  const actions: FileAction[] = isReadOnly
    ? ['compare', 'explain', 'openText']
    : [...(note.drift === undefined ? [] : (['updateKeys'] as const)), 'rotate', 'compare', 'explain', 'openText'];
  const about = aboutFile(note, actions);
  const notices = [
    isReadOnly
      ? 'The checksum of the file is wrong, so its values may not be those that were encrypted. It cannot be saved.'
      : '',
    left > 0 ? `${left} entries are not shown, since the file is too large.` : '',
    about.notice,
  ];
  return {
    type: 'open',
    ...about,
    notice: notices.filter((text) => text !== '').join(' '),
    revision: secret.revision,
    isReadOnly,
    rows: shown.map((row) => pageRow(row, isReadOnly || isBinary)),
  };
}

function aboutFile({ title, recipients, rule, drift, hasChangedOnDisk }: FileNote, actions: readonly FileAction[]) {
  const changed =
    'The file was changed on disk meanwhile and is not saved. Reload it, which drops your changes, or overwrite it.';
  return {
    title: cut(title),
    recipients: recipients.slice(0, secretLimits.recipients).map(({ type, name, nickname }) => ({
      type,
      name: cut(name),
      ...(nickname !== undefined && { nickname: cut(nickname) }),
    })),
    rule: cut(ruleText(rule, drift)),
    actions: hasChangedOnDisk ? [...actions, 'reload' as const, 'overwrite' as const] : actions,
    notice: hasChangedOnDisk ? changed : '',
  };
}

function ruleText(rule: Secrets.RuleReading | undefined, drift: string | undefined): string {
  if (rule === undefined) return '';
  if (rule.kind === 'none') return rule.reason;
  const name = `${rule.name.charAt(0).toUpperCase()}${rule.name.slice(1)}`;
  return drift === undefined
    ? `${name} counts for it.`
    : `${name} counts for it. ${drift} Update the keys of the file.`;
}

function pageRow(row: Secrets.SecretRow, isFixed: boolean): PageRow {
  const { id, kind, depth, label, type, at } = row;
  const isEntry = kind !== 'comment' && kind !== 'document';
  const adds = kind === 'list' ? 'item' : kind === 'map' || kind === 'document' ? 'key' : undefined;
  return {
    id,
    kind,
    depth: Math.min(depth, secretLimits.depth),
    label: cut(label),
    ...(type !== undefined && { type }),
    ...(row.isEncrypted && { isEncrypted: true }),
    ...(row.isEmpty && { isEmpty: true }),
    ...(row.isBase64 && { isBase64: true }),
    ...(!isFixed && isEntry && typeof at.steps.at(-1) === 'string' && { canRename: true }),
    ...(!isFixed && isEntry && { canRemove: true }),
    ...(!isFixed && adds !== undefined && { adds }),
  };
}

const cut = (text: string): string =>
  text.length <= secretLimits.text ? text : `${text.slice(0, secretLimits.text - 1)}…`;
