import { isObject, type Path } from '../../model/json';
import { findPrivateKeys, mayHoldPrivateKey, nameOfPrivateKey, type PrivateKey } from '../../sops/private-key';
import { declaredObjects } from '../declared-objects';
import { type FileContext, type FileRule, type Report } from '../rule';
import { decoded } from './secret-values';

export const sopsPrivateKeyCommitted: FileRule = {
  code: 'sops-private-key-committed',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A private key stands in a file that Git keeps.',
  documentation: `The file holds a private key: an age identity, an OpenPGP or SSH key, a PEM block, or one of these in base64. Blocks
without a body and files that Git ignores are left alone. YAML files and small files of the kinds in which keys are kept are
looked at. A key with a passphrase is a warning, and so is one in a folder of tests or examples.

Whoever can read the repository has the key. With the key of SOPS they can decrypt every encrypted file, also in the history.

Remove the key from the repository and make a new one. What was encrypted for it counts as known.`,
  check(context) {
    const { file } = context;
    const found = [...inText(context), ...inSecrets(context)];
    if (found.length === 0 || !context.isTracked()) return;
    const isExample = /(^|[/_.-])(tests?|testdata|fixtures?|examples?|samples?|mocks?|e2e)([/_.-]|$)/i.test(file.path);
    for (const { index, key, place } of found) {
      const isMild = key.isLocked || isExample;
      context.report(index, { ...place, message: message(key), ...(isMild && { severity: 'warning' }) });
    }
  },
};

interface FoundKey {
  readonly index: number;
  readonly key: PrivateKey;
  readonly place: Pick<Report, 'span' | 'path'>;
}

function* inText({ file }: FileContext): Iterable<FoundKey> {
  if (!mayHoldPrivateKey(file.text)) return;
  for (const key of findPrivateKeys(file.text)) {
    const index = file.documents.findLastIndex(({ offset }) => offset <= key.start);
    const offset = file.documents[index]?.offset ?? 0;
    yield { index, key, place: { span: { start: key.start - offset, end: key.end - offset } } };
  }
}

/** In `data` only base64 can be seen. */
function* inSecrets({ file }: FileContext): Iterable<FoundKey> {
  if (!/\bSecret\b/.test(file.text)) return;
  for (const [index, { document }] of file.documents.entries()) {
    for (const { kind, at, value } of declaredObjects({ document, role: 'object' })) {
      const data = kind === 'Secret' ? value.get('data') : undefined;
      if (!isObject(data)) continue;
      for (const [name, text] of data) {
        if (typeof text !== 'string' || text.startsWith('LS0tLS1CRUdJTi')) continue;
        const inside = decoded('data', text);
        if (inside === text || !mayHoldPrivateKey(inside)) continue;
        const [key] = findPrivateKeys(inside);
        const path: Path = [...at, 'data', name];
        if (key !== undefined) yield { index, key, place: { path } };
      }
    }
  }
}

function message({ kind, isLocked }: PrivateKey): string {
  const what = `This is ${nameOfPrivateKey(kind)}, and Git will keep it.`;
  if (isLocked) return `${what} Only its passphrase protects it from whoever reads the repository.`;
  return kind === 'age' || kind === 'openpgp'
    ? `${what} Whoever reads the repository can decrypt everything that was encrypted for it.`
    : `${what} Whoever reads the repository can use it.`;
}
