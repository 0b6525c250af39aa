// @ts-check
// A language server in a child process, spoken to over standard input and output. Our own few lines of JSON-RPC, so that
// the driver costs both sides the same.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { cpuOf, residentOf } from './process-usage.mjs';

/**
 * @typedef {{ name: string, command: string, args: string[], settings?: Record<string, unknown>, node?: string }} ServerCommand
 * @typedef {{ uri: string, version?: number, diagnostics: Diagnostic[] }} Publication
 * @typedef {{ range: Range, message: string, code?: string | number, severity?: number }} Diagnostic
 * @typedef {{ start: Position, end: Position }} Range
 * @typedef {{ line: number, character: number }} Position
 * @typedef {{ holds: (message: any) => boolean, resolve: (at: number) => void, reject: (error: Error) => void, timer: NodeJS.Timeout }} Waiting
 */

const patience = 120_000;
/** Reading a repository of 20,000 files is not what the rows that need one measure. */
const longPatience = 400_000;

/** Those that run, so that none outlives the bench when a row fails. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends what a row that failed has left running. */
export function killServers() {
  for (const child of running) child.kill('SIGKILL');
}

export class LanguageServer {
  /** @type {import('node:child_process').ChildProcess} */
  #child;
  /** @type {Buffer} */
  #buffer = Buffer.alloc(0);
  #nextId = 1;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #asked = new Map();
  /** @type {Set<Waiting>} */
  #waiting = new Set();
  /** @type {Map<string, number>} */
  #versions = new Map();
  /** @type {ServerCommand} */
  #server;
  #errors = '';
  #isStopping = false;
  bytesReceived = 0;
  messagesReceived = 0;

  /**
   * @param {ServerCommand} server
   * @param {{ root: string, preload?: string, flags?: string[], pulls?: boolean }} options
   */
  constructor(server, { root, preload, flags = [], pulls = false }) {
    this.#server = server;
    /** When the server last said something. */
    this.heardAt = 0;
    this.root = root;
    this.pulls = pulls;
    const node = [...(preload === undefined ? [] : ['--require', preload]), ...flags];
    this.spawnedAt = performance.now();
    this.#child = spawn(server.command, [...node, ...server.args, '--stdio'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe', ...(preload === undefined ? [] : /** @type {const} */ (['ipc']))],
    });
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
    this.#child.stdout?.on('data', (chunk) => this.#receive(chunk));
    this.#child.stderr?.on('data', (chunk) => (this.#errors = (this.#errors + chunk).slice(-2000)));
    this.#child.on(
      'exit',
      (code) => this.#isStopping || this.#fail(new Error(`${server.name} ended with ${code}\n${this.#errors}`)),
    );
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.stdin?.on('error', () => {});
  }

  get pid() {
    return this.#child.pid ?? 0;
  }

  /** CPU milliseconds since it was spawned. */
  cpu() {
    return cpuOf(this.pid);
  }

  /** MiB of resident memory. */
  resident() {
    return residentOf(this.pid);
  }

  async initialize() {
    const rootUri = uriOf(this.root);
    const result = await this.request('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'bench' }],
      capabilities: {
        general: { positionEncodings: ['utf-16'] },
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
          ...(this.pulls && { diagnostics: { refreshSupport: true } }),
        },
        textDocument: {
          ...(this.pulls && { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } }),
          publishDiagnostics: { versionSupport: true, relatedInformation: true, dataSupport: true },
          hover: { contentFormat: ['markdown', 'plaintext'] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
        },
      },
    });
    this.notify('initialized', {});
    if (this.#server.settings) this.notify('workspace/didChangeConfiguration', { settings: this.#server.settings });
    return result;
  }

  /** @type {(uri: string, text: string) => void} */
  open(uri, text) {
    this.#versions.set(uri, 1);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  }

  /** @type {(uri: string, changes: { range?: Range, text: string }[]) => number} */
  change(uri, contentChanges) {
    const version = (this.#versions.get(uri) ?? 1) + 1;
    this.#versions.set(uri, version);
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return version;
  }

  /** @type {(uri: string) => void} */
  close(uri) {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** @type {(method: string, params: unknown) => void} */
  notify(method, params) {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** @type {(method: string, params: unknown) => Promise<any>} */
  request(method, params) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }

  /**
   * Milliseconds (performance.now) at which a message arrived for which `holds` is true.
   * @param {(message: any) => boolean} holds
   * @param {string} what for the error when it never comes
   * @returns {Promise<number>}
   */
  message(holds, what, milliseconds = patience) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(new Error(`${this.#server.name}: ${what} did not come within ${milliseconds / 1000} s ${this.#errors}`));
      }, milliseconds);
      const waiting = { holds, resolve, reject, timer };
      this.#waiting.add(waiting);
    });
  }

  /** @type {(uri: string, holds: (publication: Publication) => boolean, what: string) => Promise<number>} */
  publication(uri, holds, what) {
    return this.message(
      ({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri && holds(params),
      what,
    );
  }

  /** Waits until nothing came and less than a tenth of the time was used for `milliseconds`. */
  async settled(milliseconds = 300) {
    for (const end = performance.now() + longPatience; performance.now() < end;) {
      const before = { cpu: this.cpu(), messages: this.messagesReceived };
      await sleep(milliseconds);
      if (this.messagesReceived === before.messages && this.cpu() - before.cpu < milliseconds / 10) return;
    }
    throw new Error(`${this.#server.name} never came to rest`);
  }

  /** Asks the preloaded probe (probe.cjs). @type {(question: string) => Promise<any>} */
  probe(question) {
    return new Promise((resolve) => {
      this.#child.once('message', resolve);
      this.#child.send(question);
    });
  }

  async stop() {
    this.#isStopping = true;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    const soon = setTimeout(() => this.#child.kill('SIGKILL'), 3000);
    this.request('shutdown', null).then(
      () => this.notify('exit', null),
      () => this.#child.kill('SIGKILL'),
    );
    await ended;
    clearTimeout(soon);
  }

  /** @type {(message: unknown) => void} */
  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.#child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin?.write(body);
  }

  /** @type {(chunk: Buffer) => void} */
  #receive(chunk) {
    const at = performance.now();
    this.heardAt = at;
    this.bytesReceived += chunk.length;
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.#buffer.toString('latin1', 0, end))?.[1]);
      if (this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.toString('utf8', end + 4, end + 4 + length);
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.messagesReceived++;
      this.#handle(JSON.parse(body), at);
    }
  }

  /** @type {(message: any, at: number) => void} */
  #handle(message, at) {
    if (message.method === undefined) {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.error) asked?.reject(new Error(`${this.#server.name}: ${message.error.message}`));
      else asked?.resolve(message.result);
      return;
    }
    if (message.id !== undefined) this.#send({ jsonrpc: '2.0', id: message.id, result: this.#answer(message) });
    for (const waiting of this.#waiting) {
      if (!waiting.holds(message)) continue;
      this.#waiting.delete(waiting);
      clearTimeout(waiting.timer);
      waiting.resolve(at);
    }
  }

  /** @type {(request: any) => unknown} */
  #answer({ method, params }) {
    if (method !== 'workspace/configuration') return null;
    return params.items.map(
      (/** @type {{ section?: string }} */ { section = '' }) => this.#server.settings?.[section] ?? null,
    );
  }

  /** @type {(error: Error) => void} */
  #fail(error) {
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
    for (const { timer, reject } of this.#waiting) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

/** @type {(milliseconds: number) => Promise<void>} */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @type {(path: string) => string} */
export const uriOf = (path) => pathToFileURL(path).href;
