import * as api from './api';
import * as configuration from './configuration';
import * as decryption from './decryption';
import * as dependency from './dependency';
import * as kustomization from './kustomization';
import * as kustomize from './kustomize';
import { type Mutator } from './mutator';
import * as reference from './reference';
import * as schema from './schema';
import * as secrets from './secrets';
import * as sopsConfig from './sops-config';
import * as substitution from './substitution';
import * as yaml from './yaml';

/** One for each rule; every family exports nothing but mutators. */
export const mutators: readonly Mutator[] = [
  configuration,
  yaml,
  schema,
  api,
  reference,
  dependency,
  kustomization,
  kustomize,
  substitution,
  secrets,
  sopsConfig,
  decryption,
].flatMap((family): Mutator[] => Object.values(family));
