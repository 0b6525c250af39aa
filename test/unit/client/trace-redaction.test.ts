import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTraceRedaction, withRedactedTrace } from '../../../client/language/trace-redaction';

const encrypted = 'file:///r/secret.yaml';
const plain = 'file:///r/apps.yaml';
const texts = new Map([
  [encrypted, 'apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\n'],
  [plain, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hunter2\n'],
]);

function line(head: string, params: unknown): string {
  return `${head}\nParams: ${JSON.stringify(params, null, 4)}\n`;
}
const opened = (uri: string): string =>
  line("Sending notification 'textDocument/didOpen'.", { textDocument: { uri, text: texts.get(uri) } });
const edited = (uri: string): string =>
  line("Sending notification 'textDocument/didChange'.", {
    textDocument: { uri },
    contentChanges: [{ text: 'hunter2' }],
  });
const asked = (uri: string, id: number): string =>
  line(`Sending request 'textDocument/hover - (${id})'.`, { textDocument: { uri } });
const answered = (id: number): string =>
  `Received response 'textDocument/hover - (${id})' in 3ms.\nResult: ${JSON.stringify({ contents: 'hunter2' })}\n`;

test('a plain document is traced as it is', () => {
  const redact = createTraceRedaction((uri) => texts.get(uri));
  for (const message of [opened(plain), edited(plain), asked(plain, 1), answered(1)]) {
    assert.equal(redact(message), message);
  }
});

test('a document with secrets leaves the method and nothing of the content', () => {
  const redact = createTraceRedaction((uri) => texts.get(uri));
  for (const message of [opened(encrypted), edited(encrypted), asked(encrypted, 2), answered(2)]) {
    const shown = redact(message);
    assert.doesNotMatch(shown, /hunter2/);
    assert.match(shown, /textDocument\/(didOpen|didChange|hover)/);
  }
});

test('an edit that removes the mark does not open the document to the trace', () => {
  let text = 'a: hunter2\nsops:\n  mac: x\n';
  const redact = createTraceRedaction(() => text);
  redact(edited(encrypted));
  text = 'a: hunter2\n';
  assert.doesNotMatch(redact(edited(encrypted)), /hunter2/);
});

test('the answer to a request about another document stays', () => {
  const redact = createTraceRedaction((uri) => texts.get(uri));
  redact(asked(encrypted, 3));
  redact(asked(plain, 4));
  assert.match(redact(answered(4)), /hunter2/);
  assert.doesNotMatch(redact(answered(3)), /hunter2/);
});

test('the text of a file at a commit is left out, whatever its format', () => {
  const redact = createTraceRedaction((uri) => texts.get(uri));
  redact(line("Sending request 'fluxwright/fileAt - (7)'.", { uri: plain, revision: 'HEAD' }));
  const answer = 'Received response \'fluxwright/fileAt - (7)\' in 3ms.\nResult: {"text":"KEY=hunter2"}\n';
  assert.doesNotMatch(redact(answer), /hunter2/);
});

test('messages traced as JSON are held to the same', () => {
  const redact = createTraceRedaction((uri) => texts.get(uri));
  const request = { method: 'textDocument/hover', id: 5, params: { textDocument: { uri: encrypted } } };
  redact(JSON.stringify({ isLSPMessage: true, type: 'send-request', message: request }));
  const response = JSON.stringify({
    isLSPMessage: true,
    type: 'receive-response',
    message: { id: 5, result: 'hunter2' },
  });
  assert.doesNotMatch(redact(response), /hunter2/);
});

for (const [what, text] of [
  ['a JSON Secret', '{"apiVersion": "v1", "kind": "Secret", "stringData": {"a": "hunter2"}}'],
  ['a quoted kind with CRLF', 'apiVersion: v1\r\nkind: "Secret"\r\ndata: {a: hunter2}\r\n'],
  ['a second document', 'a: 1\n---\nkind: Secret\na: hunter2\n'],
  ['a stanza as the first line', 'sops:\n  mac: hunter2\n'],
  ['an item of a list', 'items:\n  - kind: Secret\n    a: hunter2\n'],
] as const) {
  test(`${what} is recognised in the message that opens it`, () => {
    const redact = createTraceRedaction(() => undefined);
    const message = { textDocument: { uri: 'untitled:Untitled-1', text } };
    assert.doesNotMatch(redact(line("Sending notification 'textDocument/didOpen'.", message)), /hunter2/);
    assert.doesNotMatch(redact(edited('untitled:Untitled-1')), /hunter2/);
  });
}

test('a channel keeps everything but the trace of secrets', () => {
  const written: string[] = [];
  let level = 1;
  const channel = Object.freeze({
    get logLevel() {
      return level;
    },
    trace: (message: string) => void written.push(message),
    error: (message: string) => void written.push(message),
  });
  const redacted = withRedactedTrace(channel, (uri) => texts.get(uri));
  redacted.trace(opened(encrypted));
  redacted.trace(opened(plain));
  redacted.error('an error');
  level = 3;
  assert.equal(redacted.logLevel, 3);
  assert.doesNotMatch(written[0] ?? 'hunter2', /hunter2/);
  assert.deepEqual(written.slice(1), [opened(plain), 'an error']);
});
