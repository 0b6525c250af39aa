import assert from 'node:assert/strict';
import { recipientFrom } from '../support/bech32';
import { hasCode, minimal, published, repository, scenario, startScene } from './scene';

const value =
  'ENC[AES256_GCM,data:aGVsbG8=,iv:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,tag:AAECAwQFBgcICQoLDA0ODw==,type:str]';

const plain = `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: default
stringData:
  password: correct horse
`;

const encrypted = `${plain.replace('correct horse', value)}sops:
  age:
    - recipient: ${recipientFrom(1)}
      enc: |
        -----BEGIN AGE ENCRYPTED FILE-----
        YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBBQUFB
        -----END AGE ENCRYPTED FILE-----
  lastmodified: "2026-01-31T12:00:00Z"
  mac: ${value}
  encrypted_regex: ^(data|stringData)$
  version: 3.13.3
`;

const config = (recipient: string): string =>
  `creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: ${recipient} # Alice\n`;

interface Answered {
  readonly available: boolean;
  readonly paths: readonly {
    readonly cluster?: string;
    readonly steps: readonly {
      readonly link: string;
      readonly state: string;
      readonly place?: { readonly uri: string };
      readonly fix?: { readonly edits: readonly { readonly uri: string; readonly newText: string }[] };
    }[];
  }[];
}

interface Lens {
  readonly command: { readonly title: string; readonly command: string; readonly arguments?: readonly string[] };
}

const withLenses = { textDocument: { codeLens: {} } };

scenario('an encrypted file is explained, and which link to its key is broken', async (context) => {
  const tree = { ...repository, '.sops.yaml': config(recipientFrom(2)), 'apps/db.yaml': encrypted };
  const scene = startScene(context, tree);
  const { client } = scene;
  const uri = scene.uri('apps/db.yaml');
  await client.initialize(withLenses, [scene.uri()], { initializationOptions: { commands: ['updateKeys'] } });
  await client.next('fluxwright/snapshotChanged');
  const { available, paths } = await client.request<Answered>('fluxwright/decryption', { uri });
  assert.equal(available, true);
  assert.deepEqual(
    paths.map(({ cluster, steps }) => [cluster, ...steps.map(({ link, state }) => `${link} ${state}`)]),
    [['clusters/staging', 'file ok', 'rule ok', 'recipients broken', 'kustomization ok', 'decryption broken']],
  );
  const edits = paths[0]?.steps.at(-1)?.fix?.edits ?? [];
  assert.match(edits.map(({ newText }) => newText).join(), /provider: sops/);
  assert.ok(edits.every((edit) => edit.uri.startsWith(scene.uri())));

  client.open(uri, encrypted);
  const lenses = await client.request<readonly Lens[]>('textDocument/codeLens', { textDocument: { uri } });
  assert.deepEqual(
    lenses.map(({ command }) => [command.command, command.arguments]),
    // The client says that it can do the second only.
    [
      ['', undefined],
      ['fluxwright.updateKeys', [uri]],
    ],
  );
  const sops = { recipientNames: { [recipientFrom(1)]: 'my laptop' } };
  client.notify('workspace/didChangeConfiguration', { settings: { fluxwright: { sops } } });
  const [named] = await client.request<readonly Lens[]>('textDocument/codeLens', { textDocument: { uri } });
  assert.match(named?.command.title ?? '', /^Encrypted for my laptop/, 'the user names recipients');
});

scenario(
  'a secret that is typed in plain text is an error at once, and rules that never match are dimmed',
  async (context) => {
    const scene = startScene(context, {
      ...repository,
      '.sops.yaml': `${config(recipientFrom(1))}  - path_regex: ^apps/\n`,
      'infra/.sops.yaml': `creation_rules:\n  - path_regex: ^nowhere/\n    age: ${recipientFrom(1)}\n`,
    });
    const { client } = scene;
    const tags = { textDocument: { publishDiagnostics: { tagSupport: { valueSet: [1, 2] } } } };
    await client.initialize({ ...minimal, ...tags }, [scene.uri()]);
    const rule = await published(scene, scene.uri('.sops.yaml'), hasCode('sops-config-rule-shadowed'));
    assert.deepEqual((rule.diagnostics[0] as { readonly tags?: readonly number[] } | undefined)?.tags, [1]);
    const unused = await published(scene, scene.uri('infra/.sops.yaml'), hasCode('sops-config-unused-rule'));
    assert.deepEqual((unused.diagnostics[0] as { readonly tags?: readonly number[] } | undefined)?.tags, [1]);
    client.open(scene.uri('apps/new.yaml'), plain);
    await published(scene, scene.uri('apps/new.yaml'), hasCode('sops-plain-secret'));
  },
);
