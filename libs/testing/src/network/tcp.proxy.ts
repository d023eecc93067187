import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface TcpProxyTarget {
  host?: string;
  port: number;
}

/** `out`: bytes of the client. `in`: bytes of the target. */
export type ProxyDirection = 'out' | 'in';

type Fault =
  | { kind: 'pass' }
  | { kind: 'hole'; only?: ProxyDirection | undefined }
  | { kind: 'reset' }
  | { kind: 'delay'; delayMs: number };

/**
 * Starts a proxy on 127.0.0.1 in front of `target`; initially it passes everything.
 * @param port to listen on; default: a free one that the system chooses
 */
export async function launchTcpProxy(target: TcpProxyTarget, port = 0): Promise<TcpProxy> {
  const proxy = new TcpProxy(target);
  await proxy.listen(port);
  return proxy;
}

/**
 * A TCP proxy with faults on demand, for the link between two processes.
 * It always keeps the order of bytes and loses none while a connection is open: a hole delays bytes, like a network whose packets are lost and sent again.
 */
export class TcpProxy implements AsyncDisposable {
  private readonly server: Server;
  private readonly links = new Set<Link>();
  private fault: Fault = { kind: 'pass' };

  constructor(private readonly target: TcpProxyTarget) {
    this.server = createServer({ noDelay: true, allowHalfOpen: true }, socket => this.accept(socket));
  }

  async listen(port: number): Promise<void> {
    await once(this.server.listen(port, '127.0.0.1'), 'listening');
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Number of proxied connections at the moment. */
  get connections(): number {
    return this.links.size;
  }

  /** Passes everything again, delayed bytes first. */
  pass(): void {
    this.apply({ kind: 'pass' });
  }

  /**
   * Passes nothing and refuses nothing: connections stay open and silent; new ones are accepted and are silent too.
   * @param only the direction to hold back: `out` holds back what the client sends, `in` what it would receive; the other direction passes
   */
  hole(only?: ProxyDirection): void {
    this.apply({ kind: 'hole', only });
  }

  /** Resets every connection now, and every new one immediately. */
  reset(): void {
    this.apply({ kind: 'reset' });
    for (const link of this.links) link.reset();
  }

  /** Delays every chunk in both directions by `delayMs`. */
  delay(delayMs: number): void {
    this.apply({ kind: 'delay', delayMs });
  }

  async stop(): Promise<void> {
    for (const link of this.links) link.reset();
    if (this.server.listening) await once(this.server.close(), 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private apply(fault: Fault): void {
    this.fault = fault;
    for (const link of this.links) link.apply(fault);
  }

  private accept(client: Socket): void {
    if (this.fault.kind === 'reset') {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const upstream = connect({ host: this.target.host ?? '127.0.0.1', port: this.target.port, noDelay: true, allowHalfOpen: true });
    const link = new Link(client, upstream, () => this.links.delete(link));
    this.links.add(link);
    link.apply(this.fault);
  }
}

/** One proxied connection: two directions with the same fault. */
class Link {
  private readonly directions: Direction[];

  constructor(
    private readonly client: Socket,
    private readonly upstream: Socket,
    private readonly onClosed: () => void
  ) {
    this.directions = [new Direction(client, upstream, 'out'), new Direction(upstream, client, 'in')];
    for (const socket of [client, upstream]) socket.on('error', () => this.reset()).once('close', () => this.closed());
  }

  apply(fault: Fault): void {
    for (const direction of this.directions) direction.apply(fault);
  }

  reset(): void {
    for (const socket of [this.client, this.upstream]) if (!socket.destroyed) socket.resetAndDestroy();
  }

  private closed(): void {
    for (const direction of this.directions) direction.dispose();
    if (this.client.destroyed && this.upstream.destroyed) this.onClosed();
  }
}

/** Passes bytes from one socket to the other in order, each chunk at its due time. The end of the stream is a chunk too. */
class Direction {
  private readonly queue: { chunk: Buffer | null; dueAt: number }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private fault: Fault = { kind: 'pass' };

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly name: ProxyDirection
  ) {
    from.on('data', chunk => this.push(chunk));
    from.on('end', () => this.push(null));
    to.on('drain', () => from.resume());
    from.once('close', hadError => {
      if (hadError && !to.destroyed) to.resetAndDestroy();
    });
  }

  apply(fault: Fault): void {
    this.fault = fault;
    this.flush();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private push(chunk: Buffer | null): void {
    this.queue.push({ chunk, dueAt: Date.now() + (this.fault.kind === 'delay' ? this.fault.delayMs : 0) });
    this.flush();
  }

  private flush(): void {
    clearTimeout(this.timer);
    if (this.fault.kind === 'hole' && (this.fault.only ?? this.name) === this.name) return;
    for (let next = this.queue[0]; next; next = this.queue[0]) {
      const remainingMs = next.dueAt - Date.now();
      if (this.fault.kind === 'delay' && remainingMs > 0) {
        this.timer = setTimeout(() => this.flush(), remainingMs);
        return;
      }
      this.queue.shift();
      if (this.to.destroyed) continue;
      if (next.chunk === null) this.to.end();
      else if (!this.to.write(next.chunk)) this.from.pause();
    }
  }
}
