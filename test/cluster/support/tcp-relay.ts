import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Passes bytes on between a client and a server, TLS and all, and counts who connects. What {@link FaultProxy} cannot show:
 * how often a client comes that the certificate of the server keeps out.
 */
export class TcpRelay {
  connections = 0;
  url = '';
  private isDown = false;
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  constructor(private readonly upstream: string) {}

  async start(): Promise<void> {
    const { hostname, port } = new URL(this.upstream);
    this.server = createServer((client) => {
      this.connections++;
      if (this.isDown) {
        client.destroy();
        return;
      }
      const up = connect(Number(port), hostname);
      this.join(client, up);
      this.join(up, client);
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.url = `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nothing gets through until `up`. */
  down(): void {
    this.isDown = true;
    for (const socket of this.sockets) socket.destroy();
  }

  up(): void {
    this.isDown = false;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.down();
    await closed;
  }

  private join(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }
}
