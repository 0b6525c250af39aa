/**
 * The Secrets that Flux reads, by what they are for: keys as the controllers look them up (source-controller `internal/` and
 * fluxcd/pkg `git`, `auth`, `runtime/secrets`; notification-controller `internal/notifier/factory.go`; kustomize-controller's
 * decryptor). Flux 2.10.
 */
export interface FluxSecret {
  readonly title: string;
  readonly detail: string;
  readonly name: string;
  readonly type?: string;
  readonly keys: readonly FluxSecretKey[];
}

/** One key: where its value comes from, and what it is when nobody says otherwise. */
export interface FluxSecretKey {
  readonly key: string;
  /** `ssh` and `age` values are made new; an `empty` one is typed in the editor of encrypted files. */
  readonly from: 'empty' | 'ssh-private' | 'ssh-public' | 'age' | 'registry';
}

const empty = (...keys: readonly string[]): readonly FluxSecretKey[] => keys.map((key) => ({ key, from: 'empty' }));
const registry: Pick<FluxSecret, 'type' | 'keys'> = {
  type: 'kubernetes.io/dockerconfigjson',
  keys: [{ key: '.dockerconfigjson', from: 'registry' }],
};

/** In the order in which they are offered. */
export const fluxSecrets: readonly FluxSecret[] = [
  {
    title: 'Git over HTTPS: user name and password',
    detail: 'GitRepository, ImageUpdateAutomation; a token of GitHub or GitLab is the password',
    name: 'git-auth',
    keys: empty('username', 'password'),
  },
  {
    title: 'Git over HTTPS: bearer token',
    detail: 'GitRepository on Azure DevOps or Bitbucket Server',
    name: 'git-auth',
    keys: empty('bearerToken'),
  },
  {
    title: 'Git over SSH: new key pair',
    detail: 'GitRepository; identity.pub becomes the deploy key, known_hosts comes from ssh-keyscan',
    name: 'git-ssh',
    keys: [
      { key: 'identity', from: 'ssh-private' },
      { key: 'identity.pub', from: 'ssh-public' },
      { key: 'known_hosts', from: 'empty' },
    ],
  },
  {
    title: 'Git over SSH: a key you have',
    detail: 'GitRepository; the private key must have no passphrase, or add the key password',
    name: 'git-ssh',
    keys: empty('identity', 'identity.pub', 'known_hosts'),
  },
  {
    title: 'Git by a GitHub App',
    detail: 'GitRepository, Provider and ImageUpdateAutomation with provider github',
    name: 'github-app',
    keys: empty('githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'),
  },
  {
    title: 'OCI registry',
    detail: 'OCIRepository, ImageRepository, HelmRepository of type oci',
    name: 'registry-auth',
    ...registry,
  },
  {
    title: 'Helm repository over HTTPS',
    detail: 'HelmRepository',
    name: 'helm-auth',
    keys: empty('username', 'password'),
  },
  {
    title: 'Client certificate',
    detail: 'certSecretRef of any source, Provider or ImageRepository',
    name: 'client-tls',
    type: 'kubernetes.io/tls',
    keys: empty('tls.crt', 'tls.key', 'ca.crt'),
  },
  {
    title: 'Bucket',
    detail: 'Bucket with provider generic',
    name: 'bucket-auth',
    keys: empty('accesskey', 'secretkey'),
  },
  {
    title: 'Proxy',
    detail: 'proxySecretRef of sources and providers',
    name: 'proxy-auth',
    keys: empty('address', 'username', 'password'),
  },
  {
    title: 'Provider: address of a webhook',
    detail: 'slack, discord, msteams, rocket, googlechat, lark, generic, alertmanager, sentry, azureeventhub',
    name: 'webhook-address',
    keys: empty('address'),
  },
  {
    title: 'Provider: token',
    detail:
      'github, gitlab, gitea, bitbucket, azuredevops, githubdispatch, telegram, matrix, opsgenie, datadog, grafana, generic-hmac, slack bot',
    name: 'provider-token',
    keys: empty('token'),
  },
  {
    title: 'Provider: user name and password',
    detail: 'alertmanager, grafana, nats, bitbucketserver',
    name: 'provider-auth',
    keys: empty('username', 'password'),
  },
  {
    title: 'Receiver',
    detail: 'The token that a webhook is signed with',
    name: 'webhook-token',
    keys: empty('token'),
  },
  {
    title: 'Decryption: new age key',
    detail: 'spec.decryption of Kustomizations',
    name: 'sops-age',
    keys: [{ key: 'age.agekey', from: 'age' }],
  },
  {
    title: 'Decryption: an age key you have',
    detail: 'spec.decryption of Kustomizations',
    name: 'sops-age',
    keys: empty('age.agekey'),
  },
];
