/** A value or the file that holds it; the value wins, as in client-go. */
export interface DataOrFile {
  /** Decoded text (PEM). */
  readonly data?: string;
  /** Absolute path. */
  readonly file?: string;
}

/** Entry of `clusters`. Fields as in client-go's clientcmd/api/v1, paths absolute. */
export interface ClusterEntry {
  readonly server: string;
  readonly tlsServerName?: string;
  readonly skipTlsVerify: boolean;
  readonly authority: DataOrFile;
  readonly proxyUrl?: string;
  readonly disableCompression: boolean;
  /** `extensions` entry `client.authentication.k8s.io/exec`, handed to plug-ins. */
  readonly execConfig?: unknown;
}

/** `exec` of a user: a program that prints credentials. */
export interface ExecEntry {
  readonly apiVersion: string;
  /** Absolute when the kubeconfig gives a path, else a name to be found on PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  readonly interactiveMode: string;
}

/** Entry of `users`. */
export interface UserEntry {
  readonly certificate: DataOrFile;
  readonly key: DataOrFile;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly exec?: ExecEntry;
  readonly authProvider?: { readonly name: string; readonly config: Readonly<Record<string, string>> };
  readonly impersonate?: Impersonation;
}

export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: ReadonlyMap<string, readonly string[]>;
}

export interface ContextEntry {
  readonly cluster: string;
  readonly user: string;
  /** Empty when the context names none: then `default`. */
  readonly namespace: string;
}

/** One or several kubeconfig files, merged. */
export interface Kubeconfig {
  /** In the order of the files. */
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly currentContext: string;
  /** What is wrong with files, one sentence each; what could be read of the others stands. */
  readonly faults: readonly string[];
}

export const emptyKubeconfig: Kubeconfig = {
  contexts: new Map(),
  clusters: new Map(),
  users: new Map(),
  currentContext: '',
  faults: [],
};
