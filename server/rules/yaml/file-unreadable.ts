import { type KustomizationRule } from '../rule';

export const fileUnreadable: KustomizationRule = {
  code: 'file-unreadable',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A file that a Kustomization applies cannot be read as text.',
  documentation: `The file is not UTF-8 text, larger than 10 MB, or may not be opened. What it declares counts as unknown, so no other
finding rests on it.

kustomize reads UTF-8 only and fails on anything else. Save the file as UTF-8, or split it.`,
  check(build, context) {
    for (const [file, facts] of build.unreadable) {
      // A size or a permission here says nothing about the cluster.
      const severity = facts.message.includes('UTF-8') ? 'error' : 'information';
      context.reportAt({ file, document: 0 }, { position: facts.at, message: facts.message, severity });
    }
  },
};
