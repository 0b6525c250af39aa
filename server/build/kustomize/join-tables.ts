import { defaultConfig } from './configuration/default-config';
import { joinConfigs } from './configuration/load-configurations';
import { type EngineFault } from './fault';
import { type KustomizationContext } from './kustomization-context';
import { emptyTransformerConfig, type TransformerConfig } from './transformer-config';

/**
 * Both tables as one, without a look inside where only the defaults meet, which is nearly always. Others have to be
 * merged even into nothing: that may drop a row that a more general one covers since they were sorted.
 */
export function joinTables(
  config: TransformerConfig,
  added: TransformerConfig,
  context: KustomizationContext,
  path: readonly (string | number)[],
): TransformerConfig | EngineFault {
  if (config === added || added === emptyTransformerConfig) return config;
  const isFirst = config === emptyTransformerConfig && added === defaultConfig();
  return isFirst ? added : joinConfigs(config, added, context, path);
}
