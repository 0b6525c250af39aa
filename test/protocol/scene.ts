import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ProtocolClient } from '../support/protocol-client';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  readonly code: string;
  readonly source: string;
  readonly severity: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder on disk and a server that knows it. */
export interface Scene {
  readonly client: ProtocolClient;
  readonly folder: string;
  uri(path?: string): string;
  write(path: string, text: string): void;
}

/** What a client that knows nothing but the base protocol says. */
export const minimal = {};

/** What a client that pulls says. */
export const pulling = {
  textDocument: { diagnostic: { relatedDocumentSupport: false } },
  workspace: { diagnostics: { refreshSupport: true } },
};

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: https://git.example.test/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/staging
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

/** A Flux Kustomization; `dependsOn` names one other. */
export const kustomization = (name: string, dependsOn?: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./${name}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${dependsOn === undefined ? '' : `  dependsOn:\n    - name: ${dependsOn}\n`}`;

export const configMap = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\n`;

/** A small repository: one cluster, two Kustomizations of which one depends on the other. */
export const repository: Readonly<Record<string, string>> = {
  'clusters/staging/flux-system/gotk-sync.yaml': sync,
  'clusters/staging/infra.yaml': kustomization('infra'),
  'clusters/staging/apps.yaml': kustomization('apps', 'infra'),
  'infra/config.yaml': configMap('infra'),
  'apps/config.yaml': configMap('apps'),
};

/** A test that ends as failed instead of hanging when an awaited message never comes. */
export function scenario(name: string, play: (context: TestContext) => Promise<void>): void {
  void test(name, { timeout: 30_000 }, play);
}

/** Writes a tree into a new folder and starts a server, both gone after the test. */
export function startScene(context: TestContext, tree: Readonly<Record<string, string>> = repository): Scene {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-protocol-')));
  const client = new ProtocolClient();
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(tree)) write(path, text);
  context.after(async () => {
    client.kill();
    await client.exited;
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    client,
    folder,
    uri: (path = '') => pathToFileURL(join(folder, path)).href,
    write,
  };
}

/** The next publication for a document that fits. */
export function published(
  { client }: Scene,
  uri: string,
  fits: (publication: Published) => boolean = () => true,
): Promise<Published> {
  return client.next<Published>('textDocument/publishDiagnostics', (one) => one.uri === uri && fits(one));
}

/** True for a publication or report that holds a finding of the rule. */
export const hasCode =
  (code: string) =>
  (one: { readonly diagnostics: readonly Diagnostic[] } | { readonly items: readonly Diagnostic[] }): boolean =>
    ('items' in one ? one.items : one.diagnostics).some((diagnostic) => diagnostic.code === code);
