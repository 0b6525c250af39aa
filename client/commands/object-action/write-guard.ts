import { asksForName } from '../../status/binding/production';

/** What the user's settings say about contexts, as patterns in which `*` stands for anything. */
export interface ContextRules {
  readonly readOnly: readonly string[];
  readonly production: readonly string[];
}

/** Whether something may be written to a context: not at all, with its name typed before, or at once. */
export type WriteGuard = 'read-only' | 'type-name' | 'free';

/** The strictest rule that matches a context counts. */
export function writeGuard(context: string, { readOnly, production }: ContextRules): WriteGuard {
  if (asksForName(context, readOnly)) return 'read-only';
  return asksForName(context, production) ? 'type-name' : 'free';
}

/** Sentences of commands that write, each naming the context and the object. */
export const writeTexts = {
  readOnly: (context: string, object: string): string =>
    `Context ${context} is read-only by the setting fluxwright.readOnlyContexts; ${object} was not changed.`,
  notConnected: (context: string): string => `Context ${context} is not connected. Connect it first.`,
  denied: (context: string, object: string, verb: 'patch' | 'delete' = 'patch'): string =>
    `Your login in ${context} may not ${verb === 'patch' ? 'change' : 'delete'} ${object}: the cluster does not allow ${verb} on it.`,
  typeName: (context: string, doing: string): string =>
    `${doing}. ${context} is a production context: type its name to go on.`,
  gone: 'The object of this row is not there any more.',
  untrusted: 'This workspace is not trusted, so no kubeconfig is read and no cluster is connected.',
} as const;
