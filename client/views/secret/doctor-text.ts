import { type DecryptionPath, type DecryptionStep } from '../../../server/protocol/decryption';

const titles: Readonly<Record<DecryptionStep['link'], string>> = {
  file: 'File',
  rule: 'Creation rule',
  recipients: 'Recipients',
  kustomization: 'Flux Kustomization',
  decryption: 'Decryption',
  'key-secret': 'Key Secret',
};

const marks: Readonly<Record<DecryptionStep['state'], string>> = { ok: 'ok', broken: 'BROKEN', unknown: 'not known' };

/** The first broken step of all paths; undefined where everything holds as far as files tell. */
export function firstBroken(paths: readonly DecryptionPath[]): DecryptionStep | undefined {
  return paths.flatMap(({ steps }) => steps).find(({ state }) => state === 'broken');
}

/** What can be done about a broken step, as the title of a button; undefined where nothing here can. */
export function repairTitle({ fix, action }: DecryptionStep): string | undefined {
  if (fix !== undefined) return fix.title;
  if (action === 'encrypt') return 'Encrypt File';
  return action === 'update-keys' ? 'Update Keys' : undefined;
}

/** The report in Markdown: every path from the file to the key Secret, step by step. */
export function doctorText(file: string, paths: readonly DecryptionPath[]): string {
  const broken = firstBroken(paths);
  const lines = [`# Decryption of ${file}`, ''];
  if (broken === undefined) {
    const unknown = paths.some(({ steps }) => steps.some(({ state }) => state === 'unknown'));
    lines.push(
      unknown
        ? 'No broken link was found. Steps that are not known can be told only by the cluster or by a key.'
        : 'Every link holds, as far as the files of the repository tell.',
    );
  } else {
    lines.push(`Broken link: ${titles[broken.link]}. ${broken.message}`);
    const repair = repairTitle(broken);
    if (repair !== undefined) lines.push('', `Fix: ${repair}.`);
  }
  for (const { cluster, steps } of paths) {
    lines.push('', cluster === undefined ? '## Applied by no cluster' : `## Cluster ${cluster}`, '');
    steps.forEach((step, index) => {
      lines.push(`${index + 1}. **${titles[step.link]}** (${marks[step.state]}): ${step.message}`);
    });
  }
  return `${lines.join('\n')}\n`;
}
