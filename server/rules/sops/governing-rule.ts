import { type CreationRule } from '../../sops/creation-rules';
import { type GoverningConfig } from '../../workspace/governing-config';
import { type FileContext } from '../rule';

/** The creation rule that counts for a file; undefined where none does, or it is not known which. */
export function ruleFor({
  sops,
}: FileContext): { readonly rule: CreationRule; readonly in: GoverningConfig } | undefined {
  return sops?.match.kind === 'rule' ? { rule: sops.match.rule, in: sops } : undefined;
}

/** `rule 2 of .sops.yaml`, counted from 1 as people do. */
export function ruleName({ index }: CreationRule, { file }: GoverningConfig): string {
  return `rule ${index + 1} of ${file.path}`;
}
