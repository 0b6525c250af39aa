import { parseVersion } from '../../scalars/semver-range';
import { type FileRule } from '../rule';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsOldVersion: FileRule = {
  code: 'sops-old-version',
  severity: 'hint',
  certainty: 'certain',
  scope: 'file',
  summary: 'An encrypted file was last written by a very old SOPS.',
  documentation: `\`sops.version\` is older than 3.8. Newer programs and Flux read such files; but SOPS encrypts comments and handles several
documents, special characters and time values better since, so the first edit changes more of the file than is expected.

Nothing needs to be done. \`sops rotate --in-place FILE\` writes the file anew.`,
  check({ file, report }) {
    for (const stanza of stanzasOf(file).slice(0, 1)) {
      const { version } = stanza.reading.metadata;
      const parsed = parseVersion(version);
      if (parsed === undefined || parsed.major > 3 || (parsed.major === 3 && parsed.minor >= 8)) continue;
      report(stanza.document, {
        ...inStanza(file, stanza, ['version']),
        message: `SOPS ${version} wrote this file last. Newer ones read it; the next edit may change more than you touch.`,
      });
    }
  },
};
