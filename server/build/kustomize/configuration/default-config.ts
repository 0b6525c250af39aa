import { defaultNameReferences } from '../references/name-references';
import { defaultFieldSpecs } from '../tables/field-specs';
import { emptyTransformerConfig, type TransformerConfig } from '../transformer-config';
import { defaultVarReferences } from '../vars/var-references';
import { mergeConfigs, SpecConflict } from './merge-config';

let known: TransformerConfig | undefined;

/** The tables that every kustomization starts with (MakeDefaultConfig); always the identical object. */
export function defaultConfig(): TransformerConfig {
  if (known !== undefined) return known;
  const merged = mergeConfigs(emptyTransformerConfig, {
    ...defaultFieldSpecs,
    nameReference: defaultNameReferences,
    varReference: defaultVarReferences,
  });
  known = merged instanceof SpecConflict ? emptyTransformerConfig : merged;
  return known;
}
