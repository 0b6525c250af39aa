/**
 * The Secrets that Flux reads, by what they are for: keys as the controllers look them up (docs/spec of source-controller,
 * notification-controller, kustomize-controller and image-automation-controller; `internal/notifier/factory.go` for the types of
 * Providers). Flux 2.10.
 */
export interface FluxSecret {
  readonly title: string;
  readonly detail: string;
  readonly name: string;
  readonly type?: string;
  readonly keys: readonly FluxSecretKey[];
  /** Types of Providers that read it. */
  readonly providers?: readonly string[];
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

/** A Secret of a Provider; its detail is the types that read it. */
const provider = (what: string, name: string, keys: readonly string[], types: string): FluxSecret => ({
  title: `Provider: ${what}`,
  detail: types,
  name,
  keys: empty(...keys),
  providers: types.split(', '),
});

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
    detail:
      'GitRepository with provider github, Provider of a GitHub type; githubAppInstallationOwner may stand for the installation',
    name: 'github-app',
    keys: empty('githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'),
    providers: ['github', 'githubdispatch', 'githubpullrequestcomment'],
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
    title: 'Bucket: access key',
    detail: 'Bucket with provider generic or aws',
    name: 'bucket-auth',
    keys: empty('accesskey', 'secretkey'),
  },
  {
    title: 'Bucket on Azure: account key',
    detail: 'Bucket with provider azure',
    name: 'bucket-auth',
    keys: empty('accountKey'),
  },
  {
    title: 'Bucket on Azure: service principal',
    detail: 'Bucket with provider azure',
    name: 'bucket-auth',
    keys: empty('tenantId', 'clientId', 'clientSecret'),
  },
  {
    title: 'Bucket on Google Cloud: service account',
    detail: 'Bucket with provider gcp; the key of the account in JSON',
    name: 'bucket-auth',
    keys: empty('serviceaccount'),
  },
  {
    title: 'Proxy',
    detail: 'proxySecretRef of sources and providers',
    name: 'proxy-auth',
    keys: empty('address', 'username', 'password'),
  },
  provider(
    'address of a webhook',
    'webhook-address',
    ['address'],
    'slack, discord, msteams, rocket, googlechat, lark, generic, sentry, azureeventhub, alertmanager, pagerduty, nats',
  ),
  provider(
    'token',
    'provider-token',
    ['token'],
    'github, gitlab, gitea, bitbucket, bitbucketserver, azuredevops, githubdispatch, githubpullrequestcomment, gitlabmergerequestcomment, giteapullrequestcomment, slack, telegram, matrix, webex, opsgenie, datadog, grafana, alertmanager, generic-hmac, googlepubsub, azureeventhub, otel',
  ),
  provider('address and token', 'provider-auth', ['address', 'token'], 'zoom, incident.io, matrix, grafana'),
  provider(
    'user name and password',
    'provider-auth',
    ['username', 'password'],
    'alertmanager, grafana, nats, bitbucketserver, zulip, otel',
  ),
  provider('headers, a map in YAML', 'provider-headers', ['headers'], 'generic, generic-hmac, googlepubsub, otel'),
  provider('credentials of NATS', 'nats-creds', ['creds'], 'nats'),
  {
    title: 'Receiver',
    detail: 'The token that a webhook is signed with; all types but generic-oidc',
    name: 'webhook-token',
    keys: empty('token'),
  },
  {
    title: 'Receiver of Google Artifact Registry',
    detail: 'Type gcr, which also checks who sends: mail address of the service account and audience',
    name: 'webhook-token',
    keys: empty('token', 'email', 'audience'),
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
  {
    title: 'Decryption: an OpenPGP key you have',
    detail: 'spec.decryption of Kustomizations; without a passphrase',
    name: 'sops-gpg',
    keys: empty('sops.asc'),
  },
  {
    title: 'Decryption: token of Vault',
    detail: 'spec.decryption of Kustomizations',
    name: 'sops-vault',
    keys: empty('sops.vault-token'),
  },
  {
    title: 'Another cluster',
    detail: 'spec.kubeConfig.secretRef of Kustomizations and HelmReleases',
    name: 'kubeconfig',
    keys: empty('value'),
  },
  {
    title: 'Signing of commits',
    detail: 'ImageUpdateAutomation, spec.git.commit.signingKey',
    name: 'signing-key',
    keys: empty('git.asc', 'passphrase'),
  },
];
