import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { ProxyAddress } from '@wabus/contracts';
import { Agent, fetch, type Dispatcher } from 'undici';
import { proxiedAgents } from '../whatsapp/connecting/http-agents.js';
import type { ProxyGuard } from '../whatsapp/connecting/proxy-tunnel.js';
import { revisionIn, type LookUpFailure } from './version.policy.js';

/** Without these headers, WhatsApp responds with 400 (Baileys 1929). */
const BROWSER_HEADERS = {
  'sec-fetch-site': 'none',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
};
const MAX_BYTES = 8 * 1024 * 1024;

export interface VersionPageOptions {
  readonly url: URL;
  /** The proxy of every request; if set, it is never bypassed. */
  readonly proxy: ProxyAddress | null;
  /** Checks the addresses of the page if there is no proxy; `null` for a page on this machine. */
  readonly guard: ProxyGuard | null;
  readonly limitMs: number;
}

/** The page of WhatsApp Web that contains its newest revision. */
export class VersionPage {
  private readonly dispatcher: Dispatcher | null;

  constructor(private readonly options: VersionPageOptions) {
    this.dispatcher = dispatcherOf(options);
  }

  /** The address of the page, for messages. */
  get address(): string {
    return this.options.url.href;
  }

  /** Reads the newest revision. Never rejects. */
  async read(signal: AbortSignal): Promise<{ readonly revision: number } | { readonly failure: LookUpFailure }> {
    const { url, limitMs } = this.options;
    const limit = AbortSignal.timeout(limitMs);
    try {
      const response = await fetch(url, {
        redirect: 'error',
        headers: BROWSER_HEADERS,
        signal: AbortSignal.any([limit, signal]),
        ...(this.dispatcher ? { dispatcher: this.dispatcher } : {})
      });
      if (!response.ok) {
        await response.body?.cancel();
        return failed('refused', String(response.status));
      }
      const revision = revisionIn(await textOf(response.body as AsyncIterable<Uint8Array> | null));
      return revision === null ? failed('unreadable', null) : { revision };
    } catch (error) {
      return limit.aborted ? failed('no-answer', null) : failed('unreachable', codeOf(error));
    }
  }

  async close(): Promise<void> {
    await this.dispatcher?.destroy();
  }
}

function failed(reason: LookUpFailure['reason'], detail: string | null): { failure: LookUpFailure } {
  return { failure: { reason, detail } };
}

async function textOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function codeOf(error: unknown): string | null {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return typeof cause === 'object' && cause !== null ? codeOf(cause) : null;
}

function dispatcherOf({ url, proxy, guard, limitMs }: VersionPageOptions): Dispatcher | null {
  if (proxy) {
    const secure = url.protocol === 'https:';
    const route = { proxy, guard: null, limitMs };
    return proxiedAgents({ route, secureSocket: secure, secureUploads: secure, failed: () => undefined }).fetch;
  }
  return guard && new Agent({ connect: { lookup: guarded(guard) } });
}

/** Returns a DNS look-up that succeeds only if all addresses are permitted; the connection uses exactly these addresses. */
function guarded(guard: ProxyGuard): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const permitted = guard.permits(
        host,
        found.map(({ address }) => address)
      );
      if (!permitted) return callback(Object.assign(new Error('the address is not public'), { code: 'EGRESS_DENIED' }), []);
      if (options.all === true) callback(null, found);
      else callback(null, found[0]!.address, found[0]!.family);
    });
  };
}
