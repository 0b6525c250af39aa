import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** An error answer of the server. */
export class ResponseError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Takes whole messages out of a stream of `Content-Length` frames. */
class Frames {
  #rest = Buffer.alloc(0);

  *push(chunk: Buffer): Generator<Message> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#rest.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#rest.toString('latin1', 0, head))?.[1]);
      const start = head + 4;
      if (this.#rest.length < start + length) return;
      const text = this.#rest.toString('utf8', start, start + length);
      this.#rest = this.#rest.subarray(start + length);
      yield JSON.parse(text) as Message;
    }
  }
}

/**
 * A scripted editor: speaks plain JSON-RPC to the built server and knows nothing of its code. It never waits for
 * time, only for messages.
 */
export class ProtocolClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #inbox: Message[] = [];
  readonly #waiting = new Set<() => void>();
  #lastId = 0;
  /** Answers to requests of the server by method; others are answered with null. */
  readonly handlers = new Map<string, (params: unknown) => unknown>();
  /** Exit code of the server. */
  readonly exited: Promise<number | null>;
  stderr = '';
  /** Told of every message, either way. */
  overheard: (from: 'client' | 'server', message: Message) => void = () => undefined;
  /** Methods of all messages of the server in the order they came. */
  readonly received: string[] = [];

  constructor(server = join('dist', 'server.js'), command: readonly string[] = [process.execPath]) {
    const [program = process.execPath, ...before] = command;
    this.#process = spawn(program, [...before, server, '--stdio']);
    const frames = new Frames();
    this.#process.stdout.on('data', (chunk: Buffer) => {
      for (const message of frames.push(chunk)) this.#receive(message);
    });
    this.#process.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString('utf8')));
    // Writing to a server that is gone is part of some scenes.
    this.#process.stdin.on('error', () => undefined);
    this.exited = new Promise((resolve) => this.#process.on('exit', (code) => resolve(code)));
    void this.exited.then(() => {
      for (const { reject } of this.#answers.values()) reject(new Error(`the server is gone: ${this.stderr}`));
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  #receive(message: Message): void {
    this.overheard('server', message);
    const { id, method } = message;
    if (method === undefined && typeof id === 'number') {
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (message.error !== undefined) answer?.reject(new ResponseError(message.error.code, message.error.message));
      else answer?.resolve(message.result);
      return;
    }
    if (id !== undefined && method !== undefined) {
      this.send({ id, result: this.handlers.get(method)?.(message.params) ?? null });
    }
    if (method !== undefined) this.received.push(method);
    this.#inbox.push(message);
    for (const look of [...this.#waiting]) look();
  }

  /** Sends bytes as they are. */
  raw(text: string): void {
    this.#process.stdin.write(text);
  }

  send(message: Message): void {
    this.overheard('client', message);
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** The answer together with the id, for scenes that cancel. */
  begin<T>(method: string, params: unknown): { readonly id: number; readonly answer: Promise<T> } {
    const id = ++this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.send({ id, method, params });
    return { id, answer: answer as Promise<T> };
  }

  request<T>(method: string, params: unknown): Promise<T> {
    return this.begin<T>(method, params).answer;
  }

  /** The next message of a method that fits, sent already or to come; each message is given out once. */
  next<T>(method: string, fits: (params: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const index = this.#inbox.findIndex((message) => message.method === method && fits(message.params as T));
        if (index < 0) return;
        const [found] = this.#inbox.splice(index, 1);
        this.#waiting.delete(look);
        resolve(found?.params as T);
      };
      this.#waiting.add(look);
      void this.exited.then(() => reject(new Error(`the server ended before ${method} came: ${this.stderr}`)));
      look();
    });
  }

  /** Messages of a method that came and were not given out. */
  pending<T>(method: string): T[] {
    return this.#inbox.filter((message) => message.method === method).map(({ params }) => params as T);
  }

  /** `initialize` and `initialized`. */
  async initialize<T>(capabilities: object, folders: readonly string[], more: object = {}): Promise<T> {
    const workspaceFolders = folders.map((uri) => ({ uri, name: uri }));
    const [rootUri = null] = folders;
    const params = { processId: process.pid, rootUri, workspaceFolders, capabilities, ...more };
    const result = await this.request<T>('initialize', params);
    this.notify('initialized', {});
    return result;
  }

  open(uri: string, text: string, version = 1, languageId = 'yaml'): void {
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  /** `shutdown` and `exit`, as editors end. */
  async stop(): Promise<number | null> {
    await this.request('shutdown', null);
    this.notify('exit', null);
    return this.exited;
  }

  /** Ends the server whatever it does. */
  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Closes the server's input, as happens when an editor dies. */
  hangUp(): void {
    this.#process.stdin.end();
  }
}
