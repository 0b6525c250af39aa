import assert from 'node:assert/strict';
import { createTraceRedaction } from '../../client/language/trace-redaction';
import { type Message } from '../support/protocol-client';
import { configMap, minimal, published, repository, scenario, startScene } from './scene';

const [secret, control] = ['PlantedInASecret', 'PlantedInAConfigMap'];
const secretText = (password: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: default\nstringData:\n  password: ${password}\n`;
const list = `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [config.yaml, db.yaml]\n`;

/** Lines of the trace of a language client at its most talkative. */
function createTrace(): { lines: string[]; hear: (from: 'client' | 'server', message: Message) => void } {
  const lines: string[] = [];
  const asked = new Map<string, string>();
  return {
    lines,
    hear(from, { id, method, params, result, error }) {
      const direction = from === 'client' ? 'Sending' : 'Received';
      const other = from === 'client' ? 'server' : 'client';
      if (method !== undefined) {
        if (id !== undefined) asked.set(`${from} ${id}`, method);
        const head = id === undefined ? `notification '${method}'` : `request '${method} - (${id})'`;
        lines.push(`${direction} ${head}.\nParams: ${JSON.stringify(params, null, 4)}\n\n`);
      } else if (id !== undefined) {
        const of = asked.get(`${other} ${id}`) ?? '';
        const said =
          error === undefined ? `Result: ${JSON.stringify(result, null, 4)}` : `Error data: ${error.message}`;
        lines.push(`${direction} response '${of} - (${id})' in 1ms.\n${said}\n\n`);
      }
    },
  };
}

scenario(
  'the whole trace of a session about a Secret holds nothing of it, and all of what is none',
  async (context) => {
    const scene = startScene(context, {
      ...repository,
      'apps/config.yaml': `${configMap('apps')}data:\n  a: ${control}\n`,
      'apps/db.yaml': secretText(secret),
      'apps/kustomization.yaml': list,
    });
    const { client } = scene;
    const { lines, hear } = createTrace();
    client.overheard = hear;
    const texts = new Map<string, string>();
    await client.initialize(minimal, [scene.uri()]);
    for (const path of ['apps/config.yaml', 'apps/db.yaml']) {
      const uri = scene.uri(path);
      const text = path.endsWith('db.yaml') ? secretText(secret) : `${configMap('apps')}data:\n  a: ${control}\n`;
      texts.set(uri, text);
      client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
      await published(scene, uri);
      const position = { line: 6, character: 14 };
      for (const method of ['hover', 'completion', 'definition', 'documentSymbol', 'codeLens', 'foldingRange']) {
        await client.request(`textDocument/${method}`, { textDocument: { uri }, position }).catch(() => undefined);
      }
      await client.request('fluxwright/documents', { uri, version: 1 });
    }
    // The kind is taken away in an edit that says nothing of it.
    const uri = scene.uri('apps/db.yaml');
    const edit = { range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } }, text: '' };
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [edit] });
    texts.set(uri, secretText(secret).replace('kind: Secret\n', ''));
    const whole = [{ text: `a: ${secret}\n` }];
    client.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: whole });
    await published(scene, uri, ({ version }) => version === 3);
    // What the file on disk renders to, whole and alone.
    const owner = 'kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps';
    for (const object of ['', '/Secret/default/db', '/ConfigMap/default/apps']) {
      await client.request('fluxwright/rendered', {
        root: scene.uri(),
        address: `clusters/staging|${owner}|${object}`,
      });
    }
    // Something that is no message the server knows, with the secret in it.
    await client.request('textDocument/hover', { textDocument: { uri }, position: secret }).catch(() => undefined);

    const heard = lines.join('');
    assert.ok(heard.includes(secret), 'nothing of the Secret passed, so that this proves nothing');
    const redact = createTraceRedaction((of) => texts.get(of));
    const traced = lines.map(redact).join('');
    const at = traced.indexOf(secret);
    assert.equal(at, -1, traced.slice(Math.max(0, at - 400), at + 50));
    assert.ok(traced.includes(control), 'what is no secret is traced');
    assert.ok(!client.stderr.includes(secret));
  },
);
