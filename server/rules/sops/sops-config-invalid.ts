import { schemaFor } from '../../../schemas/assemble';
import { fileTables } from '../../../schemas/file-tables';
import { newestFlux } from '../../../schemas/release';
import { baseName } from '../../model/file-path';
import { isObject } from '../../model/json';
import { type Fault } from '../../validation/fault';
import { describeFault } from '../../validation/messages';
import { validate } from '../../validation/validate';
import { sopsConfigFile } from '../../sops/creation-rules';
import { valueOf } from '../../yaml/scalar';
import { type FileContext, type FileRule, type Report } from '../rule';
import { configOf } from './config-document';

export const sopsConfigInvalid: FileRule = {
  code: 'sops-config-invalid',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A part of .sops.yaml means nothing to SOPS.',
  documentation: `\`.sops.yaml\` cannot be read, or a value has another form than SOPS wants: it then refuses to encrypt any file. A field
that SOPS does not know is a warning, since it is passed over without a word: \`encrypted-regex\` selects nothing, and more or less of
the file is encrypted than was meant.

Top-level fields may have any name; they are often anchors for keys. A file called \`.sops.yml\` is not read at all.

Correct the name or the value.`,
  check(context) {
    const { file, report } = context;
    const name = baseName(file.path);
    if (name === '.sops.yml') {
      report(0, {
        part: 'whole',
        severity: 'warning',
        message: `SOPS does not read a file of this name. It must be called ${sopsConfigFile}.`,
      });
    }
    if (name !== sopsConfigFile) return;
    for (const fault of file.documents[0]?.document.faults ?? []) {
      const span = { start: fault.start, end: fault.end };
      report(0, { span, message: `${fault.message} SOPS cannot read this file and will refuse to encrypt anything.` });
    }
    const found = configOf(context);
    const value = found && valueOf(found.document, found.document.root);
    const schema = schemaFor(fileTables.sopsConfig(), '', newestFlux);
    if (!isObject(value) || schema === undefined) return;
    for (const fault of validate(schema, value)) reportFault(context, fault);
  },
};

function reportFault({ report }: FileContext, fault: Fault): void {
  if (fault.code === 'unknown-field') {
    const [near] = fault.suggestions;
    const fix: Report['fix'] =
      near === undefined
        ? undefined
        : { title: `Rename to ${near}`, edits: [{ kind: 'rename-key', path: fault.path, text: near }] };
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    report(0, {
      path: fault.path,
      part: 'key',
      severity: 'warning',
      message: `SOPS knows no field ${fault.name} here and passes over it.${hint}`,
      ...(fix !== undefined && { fix }),
    });
  } else if (fault.code === 'type' && fault.actual !== null) {
    report(0, {
      path: fault.path,
      message: describeFault(fault, 'SOPS cannot read this file and will refuse to encrypt anything.'),
    });
  }
}
