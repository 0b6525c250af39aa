import { baseName } from '../../model/file-path';
import { readSopsConfig, type SopsConfig, sopsConfigFile } from '../../sops/creation-rules';
import { type YamlDocument } from '../../yaml/document';
import { isBroken } from '../declared-objects';
import { type FileContext } from '../rule';

/** The document that SOPS reads of `.sops.yaml`, with its rules; undefined for other files, and where it is broken. */
export function configOf({
  file,
}: FileContext): { readonly document: YamlDocument; readonly config: SopsConfig } | undefined {
  const document = baseName(file.path) === sopsConfigFile ? file.documents[0]?.document : undefined;
  return document === undefined || isBroken(document) ? undefined : { document, config: readSopsConfig(document) };
}
