import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { AllowedHosts, isPublicAddress } from '@wabus/runtime';
import { Agent, buildConnector, request as send, type Dispatcher } from 'undici';
import { BriefAnswerReader } from './brief-answer.reader.js';
import { denied, parseDestination, type Destination } from './destination.policy.js';
import { failed, reasonOf } from './egress-failure.table.js';
import { skipInterimAnswers } from './interim-answers.js';
import { RecentAnswers } from './recent.cache.js';
import { Egress, NameResolver, type EgressFailure, type EgressRequest, type EgressResponse, type EgressStream } from './egress.js';

export abstract class EgressSettings {
  /** Host names, addresses and networks that are always permitted, also without https. */
  abstract readonly allow: readonly string[];
  /** Certificate authorities in addition to those that Node.js trusts. */
  abstract readonly certificateAuthorities?: readonly string[];
}

type Outgoing = Omit<EgressRequest, 'response'>;

const PERMIT = 'The operator can permit its host, without scheme and port, in WABUS_EGRESS_ALLOW.';
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const CONNECTIONS_PER_HOST = 16;
const KEEP_ALIVE_MS = 10_000;
/** The limit if the host itself offers to keep a connection open for longer. */
const KEEP_ALIVE_MAX_MS = 60_000;
/** How long a resolved and permitted address is used for its name, unless a connection to it fails. */
const RESOLVED_MS = 60_000;
const RESOLVED_HOSTS = 1_000;
const MAX_HEADER_BYTES = 16_384;
/** The most that is read of an unneeded response body, so that its connection can be reused. */
const DUMPED_BYTES = 65_536;
const DUMP_LIMIT_MS = 1_000;

/** Headers that must not follow a redirect to another host. */
const CREDENTIALS = new Set(['authorization', 'cookie']);

/**
 * Checks addresses within the act of connecting: the name is resolved there, all its addresses must be permitted, and the socket connects
 * to one of exactly these. No second resolution can yield another address, and a reused connection still has its original target.
 */
@Injectable()
export class GuardedEgress extends Egress {
  private readonly allowed: AllowedHosts;
  private readonly agent: Agent;
  /** The addresses to which connections may go, by protocol and host. */
  private readonly permitted = new RecentAnswers<readonly string[]>(RESOLVED_MS, RESOLVED_HOSTS);

  constructor(
    private readonly settings: EgressSettings,
    private readonly resolver: NameResolver
  ) {
    super();
    this.allowed = new AllowedHosts(settings.allow);
    this.agent = new Agent({
      connect: this.connector(),
      connections: CONNECTIONS_PER_HOST,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // The time limit of the whole request applies instead.
      headersTimeout: 0,
      bodyTimeout: 0
    });
  }

  async check(url: string): Promise<void> {
    const destination = parseDestination(url);
    const addresses = await this.addressesOf(destination.host).catch(() => null);
    if (addresses !== null) this.requirePermitted(destination, addresses);
    else if (!destination.secure && !this.allowed.hasName(destination.host)) throw httpDenied();
  }

  async checkProxy(host: string): Promise<void> {
    const addresses = await this.addressesOf(host).catch(() => []);
    if (this.allowed.hasName(host) || addresses.every(address => isPublicAddress(address) || this.allowed.hasAddress(address))) return;
    throw denied(`The proxy is in a private or reserved network. To permit it, add it to WABUS_EGRESS_ALLOW.`);
  }

  fetch(request: EgressRequest): Promise<EgressResponse> {
    const { response } = request;
    if (response !== 'none' && 'refusalBytes' in response) return this.sendBriefly(request, response.refusalBytes);
    return this.send(request, async answer => ({
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: await readBody(answer, response)
    }));
  }

  stream<T>(request: Omit<EgressRequest, 'response'>, take: (answer: EgressStream) => Promise<T>): Promise<T> {
    return this.send(request, async answer => {
      try {
        return await take({ status: answer.statusCode, headers: flatten(answer.headers), body: answer.body });
      } finally {
        answer.body.on('error', () => undefined).destroy();
      }
    });
  }

  private send<T>(request: Outgoing, take: (answer: Dispatcher.ResponseData) => Promise<T>): Promise<T> {
    const end = new AbortController();
    return bounded(
      request,
      () => end.abort(),
      async () => take(await this.follow(request, end.signal))
    );
  }

  /** Used for webhooks, which send many requests. */
  private sendBriefly(request: Outgoing, refusalBytes: number): Promise<EgressResponse> {
    const reader = new BriefAnswerReader(refusalBytes);
    return bounded(
      request,
      () => reader.giveUp(),
      async () => {
        const { method, headers = {}, body = null } = request;
        const destination = parseDestination(request.url);
        await this.requireSocketPermitted(destination);
        const { origin, pathname, search } = destination.url;
        this.agent.dispatch({ origin, path: `${pathname}${search}`, method, headers: { ...headers }, body }, reader);
        const answer = await reader.answer;
        return { ...answer, headers: flatten(answer.headers) };
      }
    );
  }

  /** Closes idle connections, and ends those in use. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async follow(request: Outgoing, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    let { url: target, headers = {} } = request;
    for (let redirects = 0; ; redirects++) {
      const destination = parseDestination(target);
      const answer = await this.sendTo(destination, { ...request, headers }, signal);
      if (request.redirects === 'refuse' || !REDIRECTS.has(answer.statusCode)) return answer;
      const location = headerOf(answer, 'location');
      if (location === undefined) return answer;
      discard(answer);
      if (request.method !== 'GET') throw failed('too-many-redirects');
      if (redirects >= request.redirects) throw failed('too-many-redirects');
      const next = resolveLocation(location, destination.url);
      if (next.origin !== destination.url.origin) headers = withoutCredentials(headers);
      target = next.href;
    }
  }

  private async sendTo(destination: Destination, request: Outgoing, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { method, headers, body } = request;
    await this.requireSocketPermitted(destination);
    return send(destination.url, { dispatcher: this.agent, method, headers: { ...headers }, body: body ?? null, signal });
  }

  /** An address is passed to the socket without a look-up, and an open connection is reused without one. So the address is checked here as well as there. */
  private async requireSocketPermitted(destination: Destination): Promise<void> {
    if (isIP(destination.host) !== 0) await this.permittedAddresses(destination);
  }

  private connector(): buildConnector.connector {
    return (options, callback) => {
      this.connect(options).then(
        ({ connect, target, key }) =>
          connect(target, (...outcome) => {
            if (outcome[0] === null) return callback(null, skipInterimAnswers(outcome[1]));
            this.permitted.forget(key);
            callback(...outcome);
          }),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null)
      );
    };
  }

  private async connect(
    options: buildConnector.Options
  ): Promise<{ connect: buildConnector.connector; target: buildConnector.Options; key: string }> {
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
    const destination = { host, secure: options.protocol === 'https:' };
    const addresses = await this.permittedAddresses(destination);
    const { certificateAuthorities: ca } = this.settings;
    const connect = buildConnector({
      lookup: pinned(addresses),
      autoSelectFamily: true,
      timeout: 0,
      ...(ca ? { ca: [...ca] } : {})
    });
    return { connect, target: options, key: keyOf(destination) };
  }

  /** One look-up and one check serve all connections within a minute. They go to exactly the addresses that were checked. */
  private async permittedAddresses(destination: Pick<Destination, 'host' | 'secure'>): Promise<readonly string[]> {
    const key = keyOf(destination);
    const known = this.permitted.get(key);
    if (known !== undefined) return known;
    const addresses = await this.addressesOf(destination.host);
    this.requirePermitted(destination, addresses);
    this.permitted.set(key, addresses);
    return addresses;
  }

  private async addressesOf(host: string): Promise<string[]> {
    if (isIP(host) !== 0) return [host];
    const addresses = await this.resolver.resolve(host);
    if (addresses.length === 0) throw failed('dns');
    return addresses;
  }

  /** All addresses must be permitted. If one were private, the owner of the name could redirect the connection to it after the check. */
  private requirePermitted({ host, secure }: Pick<Destination, 'host' | 'secure'>, addresses: readonly string[]): void {
    if (this.allowed.hasName(host) || addresses.every(address => this.allowed.hasAddress(address))) return;
    if (!secure) throw httpDenied();
    if (addresses.every(address => isPublicAddress(address) || this.allowed.hasAddress(address))) return;
    throw denied(`The address leads to a private or reserved network. ${PERMIT}`);
  }
}

/** Runs `act` within the time limit of a request and until its signal aborts. `giveUp` must make the pending operation fail. */
async function bounded<T>({ timeoutMs, signal }: Outgoing, giveUp: () => void, act: () => Promise<T>): Promise<T> {
  let reason: EgressFailure | null = null;
  const endFor = (why: EgressFailure) => (): void => {
    reason ??= why;
    giveUp();
  };
  const aborted = endFor('aborted');
  const limit = setTimeout(endFor('timeout'), timeoutMs);
  signal?.addEventListener('abort', aborted, { once: true });
  try {
    if (signal?.aborted) aborted();
    return await act();
  } catch (thrown) {
    if (thrown instanceof WabusError) throw thrown;
    throw failed(reason ?? reasonOf(thrown), thrown);
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener('abort', aborted);
  }
}

const keyOf = ({ host, secure }: Pick<Destination, 'host' | 'secure'>): string => `${secure ? 'https' : 'http'} ${host}`;

function httpDenied(): WabusError {
  return denied(`The address must begin with https://. ${PERMIT}`);
}

/** Returns a look-up function with a fixed result. */
function pinned(addresses: readonly string[]): LookupFunction {
  const answers = addresses.map(address => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all === true) callback(null, answers);
    else callback(null, answers[0]!.address, answers[0]!.family);
  };
}

function resolveLocation(location: string, from: URL): URL {
  try {
    return new URL(location, from);
  } catch (cause) {
    throw new WabusError('EGRESS_DENIED', { message: 'The host redirects to an invalid URL.', cause });
  }
}

function withoutCredentials(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name.toLowerCase())));
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string | undefined {
  return flatten(answer.headers)[name];
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value].flat().join(', ')]]));
  return Object.fromEntries(entries) as Record<string, string>;
}

async function readBody(answer: Dispatcher.ResponseData, wanted: 'none' | { readonly maxBytes: number }): Promise<Uint8Array> {
  if (wanted === 'none') {
    discard(answer);
    return new Uint8Array();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > wanted.maxBytes) {
      answer.body.destroy();
      throw failed('response-too-large');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Discards a response body. A short one is read, so that the connection can be reused; a long or slow one costs the connection. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined);
  const late = setTimeout(() => body.destroy(), DUMP_LIMIT_MS).unref();
  void body
    .dump({ limit: DUMPED_BYTES })
    .catch(() => undefined)
    .finally(() => clearTimeout(late));
}
