import { type TransformContext } from '../context';
import { faultAt, isFault, type EngineFault } from '../fault';
import { emptyTransformerConfig, type TransformerConfig } from '../transformer-config';
import { defaultConfig } from './default-config';
import { mergeConfigs, SpecConflict } from './merge-config';
import { readConfig } from './read-config';

/** Both configurations as one, or the fault of a field that they disagree on, at a path of the context. */
export function joinConfigs(
  config: TransformerConfig,
  added: TransformerConfig,
  context: TransformContext,
  path: readonly (string | number)[],
): TransformerConfig | EngineFault {
  const merged = mergeConfigs(config, added);
  if (!(merged instanceof SpecConflict)) return merged;
  const { table, spec } = merged;
  const message = `Two configurations of ${table} disagree on whether ${spec.path} is created. Flux cannot build this.`;
  return context.fault('configuration-conflict', message, path);
}

/** The default tables with those of the files that `configurations` names (MakeTransformerConfig). */
export function loadConfigurations(
  names: readonly string[],
  context: TransformContext,
): TransformerConfig | EngineFault {
  let config: TransformerConfig = emptyTransformerConfig;
  for (const [index, name] of names.entries()) {
    const path = ['configurations', index];
    const content = context.readFile(name, path);
    if (isFault(content)) return content;
    const [root] = arrayOr(context.readValues(content.text, { file: content.file }, path, 'kustomization'));
    if (isFault(root)) return root;
    if (root === undefined) continue;
    const read = readConfig(root, (code, message, at) => faultAt({ file: content.file, path: at }, code, message));
    if (isFault(read)) return read;
    const merged = joinConfigs(config, read, context, path);
    if (isFault(merged)) return merged;
    config = merged;
  }
  return names.length === 0 ? defaultConfig() : joinConfigs(defaultConfig(), config, context, ['configurations']);
}

const arrayOr = <T>(values: readonly T[] | EngineFault): readonly (T | EngineFault)[] =>
  isFault(values) ? [values] : values;
