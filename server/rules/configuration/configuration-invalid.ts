import { configurationFile } from '../../workspace/configuration';
import { readConfiguration } from '../../workspace/configuration-file';
import { type RepositoryRule } from '../rule';

export const configurationInvalid: RepositoryRule = {
  code: 'configuration-invalid',
  severity: 'error',
  certainty: 'certain',
  scope: 'repository',
  summary: 'A part of .fluxwright.yaml cannot be used.',
  documentation: `\`.fluxwright.yaml\` has a field or a value that means nothing. The rest of the file counts; \`fluxwright check\` refuses to
run (exit code 2), so that a misspelt setting never passes for a clean repository.

See [the settings](../settings.md) and the example in the README.`,
  check(snapshot, context) {
    const file = snapshot.yaml(configurationFile);
    if (file === undefined) return;
    for (const { path, message } of readConfiguration(file).faults) {
      context.reportAt({ file: file.path, document: 0 }, { path, message });
    }
  },
};
