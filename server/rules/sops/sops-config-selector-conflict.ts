import { listed } from '../../model/listed';
import { type FileRule } from '../rule';
import { configOf } from './config-document';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsConfigSelectorConflict: FileRule = {
  code: 'sops-config-selector-conflict',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A creation rule or an encrypted file has more than one selection of values.',
  documentation: `Of \`encrypted_regex\`, \`unencrypted_regex\`, \`encrypted_suffix\`, \`unencrypted_suffix\` and the two for comments only one may be
given; here are several.

SOPS refuses to encrypt files of such a rule, and to decrypt such a file: then Flux applies nothing of the whole Kustomization.

Keep one of them.`,
  check(context) {
    for (const { path, selections } of configOf(context)?.config.rules ?? []) {
      const [, second] = selections;
      if (second === undefined) continue;
      context.report(0, {
        path: [...path, second],
        part: 'key',
        message: `This rule has ${listed(selections, 6)}, of which SOPS takes only one. It will refuse to encrypt files of this rule.`,
        fix: { title: `Remove ${second}`, edits: [{ kind: 'remove', path: [...path, second] }] },
      });
    }
    for (const stanza of stanzasOf(context.file)) {
      for (const fault of stanza.reading.faults) {
        if (fault.kind !== 'several-selections') continue;
        context.report(stanza.document, {
          ...inStanza(context.file, stanza, fault.path),
          part: 'key',
          message: `This entry has ${listed(fault.fields, 6)}, of which SOPS takes only one. Flux cannot decrypt the file and will apply nothing of its Kustomization.`,
        });
      }
    }
  },
};
