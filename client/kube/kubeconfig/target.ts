import { fail } from '../failure';
import { type ClusterEntry, type UserEntry } from './kubeconfig';
import { type LoadedKubeconfig } from './load';
import { pluginOf } from './plugin-of';

/** One context with everything needed to reach it. */
export interface ContextTarget {
  readonly context: string;
  readonly cluster: ClusterEntry;
  /** The server's address for messages and storage: without what may stand before its `@`. */
  readonly address: string;
  readonly user: UserEntry;
  /** Never empty. */
  readonly namespace: string;
}

/** An address without the user and password that it may begin with. */
export const withoutUser = (server: string): string => server.replace(/\/\/[^/@]*@/, '//');

const noUser: UserEntry = { certificate: {}, key: {} };

/**
 * The cluster and user of a context, checked as client-go does before it connects (tools/clientcmd/validation.go).
 * Throws `no-kubeconfig`, `context-gone` or `misconfigured`.
 */
export function targetOf({ kubeconfig, failure, paths }: LoadedKubeconfig, context: string): ContextTarget {
  const entry = kubeconfig.contexts.get(context);
  if (entry === undefined) {
    if (failure !== undefined) fail(failure.name, failure.message);
    fail('context-gone', `The kubeconfig no longer has a context ${context}. Files read: ${paths.join(', ')}.`);
  }
  const wrong = (what: string): never => fail('misconfigured', `Context ${context} cannot be used: ${what}.`);
  const cluster = kubeconfig.clusters.get(entry.cluster) ?? wrong(`there is no cluster ${entry.cluster}`);
  if (!/^https?:\/\/[^/]/i.test(cluster.server)) wrong(`cluster ${entry.cluster} has no server address`);
  if (cluster.skipTlsVerify && (cluster.authority.data ?? cluster.authority.file) !== undefined) {
    wrong(`cluster ${entry.cluster} has both insecure-skip-tls-verify and a certificate authority`);
  }
  const user =
    entry.user === '' ? noUser : (kubeconfig.users.get(entry.user) ?? wrong(`there is no user ${entry.user}`));
  const fault = faultOf(user);
  if (fault !== undefined) wrong(`user ${entry.user} ${fault}`);
  return {
    context,
    cluster,
    address: withoutUser(cluster.server),
    user,
    namespace: entry.namespace === '' ? 'default' : entry.namespace,
  };
}

function faultOf(user: UserEntry): string | undefined {
  const has = ({ data, file }: UserEntry['key']): boolean => (data ?? file) !== undefined;
  if (has(user.certificate) && !has(user.key)) return 'has a client certificate and no client key';
  if (has(user.key) && !has(user.certificate)) return 'has a client key and no client certificate';
  const hasToken = (user.token ?? user.tokenFile) !== undefined;
  if (hasToken && user.username !== undefined) return 'has both a token and a user name';
  if (user.impersonate !== undefined && user.impersonate.user === '') return 'impersonates groups without a user';
  const { exec, authProvider } = user;
  if (authProvider !== undefined && authProvider.name !== 'oidc') {
    return `logs in with the auth provider ${authProvider.name}, which kubectl no longer has; use a login plug-in`;
  }
  if (exec === undefined) return undefined;
  if (authProvider !== undefined) return 'has both a login plug-in and an auth provider';
  if (exec.command === '') return 'has a login plug-in without a command';
  const version = /^client\.authentication\.k8s\.io\/(v1|v1beta1)$/.exec(exec.apiVersion)?.[1];
  if (version === undefined) return `has a login plug-in of API version ${exec.apiVersion || '(none)'}`;
  const modes = ['Never', 'IfAvailable', 'Always'];
  if (exec.interactiveMode === '' ? version === 'v1' : !modes.includes(exec.interactiveMode)) {
    return 'has a login plug-in without a valid interactiveMode';
  }
  if (exec.interactiveMode === 'Always' && pluginOf(user) !== undefined)
    return 'has a login plug-in that must ask in a terminal; log in there first';
  return undefined;
}
