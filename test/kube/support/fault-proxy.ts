import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';

export interface Injected {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

interface Exchange {
  readonly isWatch: boolean;
  readonly response: ServerResponse;
}

/** Stands between a client and an API server, replayed or real, and breaks what goes through on demand. */
export class FaultProxy {
  /** Asked for each request; an answer is given in the server's place. */
  answer: (request: IncomingMessage) => Injected | undefined = () => undefined;
  /** Bytes passed on per turn of the event loop; 0: all at once. */
  slow = 0;
  connections = 0;
  url = '';
  private readonly sockets = new Set<Socket>();
  private readonly frozen = new Set<Socket>();
  private readonly exchanges = new Set<Exchange>();
  private isDown = false;
  private server: Server | undefined;

  constructor(
    private readonly upstream: () => string,
    private readonly ca?: string,
  ) {}

  async start(): Promise<string> {
    this.server = createServer((request, response) => this.pass(request, response));
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', (socket) => {
      this.connections++;
      if (this.isDown) {
        socket.destroy();
        return;
      }
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.url;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.cut();
    await closed;
  }

  /** Every connection breaks. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Connections of now stay open and say nothing any more; new ones are well. */
  freeze(): void {
    for (const socket of this.sockets) this.frozen.add(socket);
  }

  /** Nothing gets through until `up`. */
  down(): void {
    this.isDown = true;
    this.cut();
  }

  up(): void {
    this.isDown = false;
  }

  /** Writes text into every open watch, as if the server had. */
  inject(text: string): void {
    for (const { isWatch, response } of this.exchanges) if (isWatch) response.write(text);
  }

  get openWatches(): number {
    return [...this.exchanges].filter(({ isWatch }) => isWatch).length;
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const client = request.socket;
    response.on('error', () => undefined);
    const injected = this.answer(request);
    if (injected !== undefined) {
      request.resume();
      response.writeHead(injected.status, { 'content-type': 'application/json', ...injected.headers });
      response.end(injected.body);
      return;
    }
    const url = new URL(request.url ?? '/', this.upstream());
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const exchange = { isWatch: url.searchParams.get('watch') === 'true', response };
    const headers = { ...request.headers, host: url.host };
    const up = send(url, {
      method: request.method,
      headers,
      agent: false,
      ...(this.ca === undefined ? {} : { ca: this.ca }),
    });
    up.on('error', () => client.destroy());
    response.on('close', () => {
      this.exchanges.delete(exchange);
      up.destroy();
    });
    request.pipe(up);
    up.on('response', (answer) => {
      answer.on('error', () => client.destroy());
      if (this.frozen.has(client)) return;
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      this.exchanges.add(exchange);
      void this.copy(answer, response, client);
    });
  }

  private async copy(answer: IncomingMessage, response: ServerResponse, client: Socket): Promise<void> {
    try {
      for await (const piece of answer as AsyncIterable<Buffer>) {
        const step = this.slow === 0 ? piece.length : this.slow;
        for (let start = 0; start < piece.length; start += step) {
          if (this.frozen.has(client)) continue;
          response.write(piece.subarray(start, start + step));
          if (this.slow !== 0) await new Promise<void>((resolve) => setImmediate(resolve));
        }
      }
      if (!this.frozen.has(client)) response.end();
    } catch {
      client.destroy();
    }
  }
}
