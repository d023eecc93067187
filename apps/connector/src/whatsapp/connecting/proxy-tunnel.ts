import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProxyAddress } from '@wabus/contracts';
import { SocksClient } from 'socks';

/** Decides which proxies may be used. */
export interface ProxyGuard {
  /** Whether a proxy with this host name may be contacted at these addresses. */
  permits(host: string, addresses: readonly string[]): boolean;
}

/** A proxy with the rules for connecting through it. */
export interface ProxyRoute {
  readonly proxy: ProxyAddress;
  /** Checks the addresses of the proxy; `null` if the operator of the connector configured it. */
  readonly guard: ProxyGuard | null;
  /** The time limit for opening a connection. */
  readonly limitMs: number;
}

/** The destination of a connection. The proxy resolves a host name, so no DNS query for WhatsApp's hosts leaves this machine. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
}

/** The error of a proxy that established no connection. The message contains neither user nor password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';

  /** @param status the HTTP proxy's response to `CONNECT`, such as 407 for a wrong user or password; `null` if there was none */
  constructor(
    message: string,
    readonly status: number | null,
    options?: ErrorOptions
  ) {
    super(message, options);
  }
}

/**
 * Opens a connection to `target` through a proxy: `CONNECT` for `http` and `https`, SOCKS5 otherwise. The host name of the proxy is resolved once, all its
 * addresses are checked, and the connection goes to one of the checked addresses.
 * @throws {ProxyError}
 */
export async function openTunnel(route: ProxyRoute, target: TunnelTarget): Promise<Socket> {
  const { proxy, guard, limitMs } = route;
  const limit = AbortSignal.timeout(limitMs);
  let socket: Socket | null = null;
  try {
    const addresses = await withinLimit(permittedAddresses(proxy, guard), limit);
    socket = await connectToProxy(proxy, addresses, limit);
    const opened = proxy.protocol === 'socks5' ? throughSocks(route, socket, target) : throughHttp(proxy, socket, target);
    return await withinLimit(opened, limit);
  } catch (cause) {
    socket?.destroy();
    if (cause instanceof ProxyError) throw cause;
    throw new ProxyError(limit.aborted ? 'the proxy did not answer in time' : 'the proxy did not establish the connection', null, {
      cause: bare(cause)
    });
  }
}

/** Returns only message and code: a `SocksClientError` contains the connection options with the password, which a log would print. */
function bare(cause: unknown): Error {
  const { message, code } = cause as NodeJS.ErrnoException;
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

function withinLimit<T>(work: Promise<T>, limit: AbortSignal): Promise<T> {
  const over = new Promise<never>((_resolve, reject) =>
    limit.addEventListener('abort', () => reject(limit.reason as Error), { once: true })
  );
  return Promise.race([work, over]);
}

async function permittedAddresses({ host }: ProxyAddress, guard: ProxyGuard | null): Promise<string[]> {
  const addresses = isIP(host) === 0 ? (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address) : [host];
  if (guard && !guard.permits(host, addresses))
    throw new ProxyError('the proxy is in a private or reserved network that WABUS_EGRESS_ALLOW does not list', null);
  return addresses;
}

function connectToProxy({ protocol, host, port }: ProxyAddress, addresses: readonly string[], limit: AbortSignal): Promise<Socket> {
  const options = { host, port, lookup: pinned(addresses), autoSelectFamily: true };
  const secure = protocol === 'https';
  const socket = secure ? connectTls({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) }) : connectTcp(options);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => void socket.destroy(new Error('time limit'));
    limit.addEventListener('abort', giveUp, { once: true });
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      limit.removeEventListener('abort', giveUp);
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Opens a tunnel with `CONNECT` (RFC 9110, section 9.3.6). */
function throughHttp({ credentials }: ProxyAddress, socket: Socket, target: TunnelTarget): Promise<Socket> {
  const authority = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`;
  const login = credentials && Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const headers = { Host: authority, ...(login === null ? {} : { 'Proxy-Authorization': `Basic ${login}` }) };
  return new Promise((resolve, reject) => {
    request({ method: 'CONNECT', path: authority, headers, createConnection: () => socket })
      .once('connect', ({ statusCode = 0 }, tunnel, head) => {
        if (statusCode < 200 || statusCode > 299) return reject(new ProxyError('the proxy refused the connection', statusCode));
        if (head.length > 0) tunnel.unshift(head);
        resolve(tunnel);
      })
      .once('error', reject)
      .end();
  });
}

/** Opens a tunnel with SOCKS5 (RFC 1928), with user and password as in RFC 1929. */
async function throughSocks({ proxy, limitMs }: ProxyRoute, socket: Socket, target: TunnelTarget): Promise<Socket> {
  const { host, port, credentials } = proxy;
  const login = credentials && { userId: credentials.username, password: credentials.password };
  const opened = await SocksClient.createConnection({
    proxy: { host, port, type: 5, ...login },
    command: 'connect',
    destination: target,
    existing_socket: socket,
    timeout: limitMs
  });
  return opened.socket;
}

/** Returns a DNS look-up that yields only the given addresses. */
function pinned(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map(address => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all === true) callback(null, answers);
    else callback(null, answers[0]!.address, answers[0]!.family);
  };
}
