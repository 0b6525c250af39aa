import { baseName } from '../../model/file-path';
import { formatByMarks } from '../../sops/encryption';
import { type StoreFormat, storeFormatOf } from '../../sops/store-format';
import { type KustomizationRule } from '../rule';
import { decryptionOf } from '../../workspace/decryption';
import { encryptedInputs, type KustomizeInput } from '../../workspace/encrypted-inputs';

export const sopsGeneratorKeyExtension: KustomizationRule = {
  code: 'sops-generator-key-extension',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'The key of an encrypted generator file has an ending of another format.',
  documentation: `Flux decrypts the file of a \`secretGenerator\` by the ending of its **key**: \`.yaml\`, \`.json\`, \`.env\`, \`.ini\`, and as a binary
file for every other; \`envs\` by the ending of the file, and as dotenv for every other. Here the file was encrypted in another format.

Where the formats do not go together, Flux fails and applies nothing of the whole Kustomization, or the Secret holds something else than
the file did: the envelope of a binary file, or lines that are no variables.

Give the key the ending of the file (\`config.yaml=config.sops.yaml\`), or encrypt the file in the format of the key
(\`sops encrypt --input-type binary\`).`,
  check(build, context) {
    if (decryptionOf(build.owner.object).kind !== 'sops') return;
    for (const input of encryptedInputs(build, (file) => context.yaml(file))) {
      if (input.role !== 'secret-file' && input.role !== 'secret-env') continue;
      const actual = formatByMarks(input.file.path, input.file.text);
      const wanted = wantedFormat(input);
      const outcome = actual && outcomeOf(actual, wanted, input.role);
      if (actual === undefined || outcome === undefined) continue;
      const of = input.role === 'secret-env' ? 'envs' : `the key ${input.key}`;
      context.reportAt(input.kustomization, {
        path: input.path,
        message: `${baseName(input.file.path)} is encrypted as ${names[actual]}, but Flux reads ${of} as ${names[wanted]}. ${outcome}`,
      });
    }
  },
};

/** kustomize-controller internal/decryptor, decryptKustomizationSources. */
function wantedFormat({ role, key, file }: KustomizeInput): StoreFormat {
  if (role !== 'secret-env') return storeFormatOf(key);
  const format = storeFormatOf(file.path);
  return format === 'binary' ? 'dotenv' : format;
}

const names: Readonly<Record<StoreFormat, string>> = {
  yaml: 'YAML',
  json: 'JSON',
  dotenv: 'dotenv',
  ini: 'INI',
  binary: 'a binary file',
};

const fails = 'Flux will fail to decrypt it and apply nothing of this Kustomization.';

/**
 * What comes of it; undefined where the value is what was meant. What is not decrypted as a file is tried again as a value of
 * the Secret, with the format told by marks in it and written in that of the key.
 */
function outcomeOf(actual: StoreFormat, wanted: StoreFormat, role: KustomizeInput['role']): string | undefined {
  if (actual === wanted) return undefined;
  if (role === 'secret-env') return 'The encrypted lines will be taken for variables.';
  if (wanted === 'binary') return fails;
  if (actual === 'binary') return 'The value will be the envelope of the file, or Flux will fail.';
  // YAML and JSON are written as each other.
  return (actual === 'yaml' || actual === 'json') && (wanted === 'yaml' || wanted === 'json') ? undefined : fails;
}
