import { type FieldTable } from './field-table';
import configuration from './fluxwright/configuration.fields.json';
import sopsConfig from './sops/sops-config.fields.json';
import sopsStanza from './sops/sops-stanza.fields.json';

/**
 * Fields of files that are no Kubernetes objects; ask `schemaFor` for apiVersion `''`. Each is a function that reads
 * its table from the bundle on the first call.
 */
export const fileTables: Readonly<Record<'sopsConfig' | 'sopsStanza' | 'configuration', () => FieldTable>> = {
  /** `.sops.yaml` (getsops/sops, config/config.go). */
  sopsConfig,
  /** The value of `sops:` in an encrypted file (getsops/sops, stores/stores.go). */
  sopsStanza,
  /** `.fluxwright.yaml`. */
  configuration,
};
