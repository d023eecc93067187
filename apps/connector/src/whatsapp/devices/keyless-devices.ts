import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';

type Skipped = (devices: readonly string[]) => void;

/**
 * Skips devices for which WhatsApp has no keys. Baileys fails the whole message because of one such device (Baileys 2521). This class removes them from
 * WhatsApp's answer before Baileys reads it, so that the message goes to the other devices.
 */
export class KeylessDevices {
  private readonly sends = new AsyncLocalStorage<Skipped>();
  /** Pending queries by id, with the callback of the send that made each query. */
  private readonly queries = new BoundedCache<string, { readonly skipped: Skipped | null }>({ max: 1_000 });

  /** Runs `send`; `skipped` receives the jids of devices without keys before the message is sent. */
  during<T>(skipped: Skipped, send: () => Promise<T>): Promise<T> {
    return this.sends.run(skipped, send);
  }

  /** Notes each query for keys, with the send that made it. Part of `interceptNode`. */
  note({ tag, attrs, content }: BinaryNode): void {
    if (tag !== 'iq' || attrs['xmlns'] !== 'encrypt' || attrs['type'] !== 'get' || !attrs['id']) return;
    if (Array.isArray(content) && content.some(child => child.tag === 'key'))
      this.queries.set(attrs['id'], { skipped: this.sends.getStore() ?? null });
  }

  /** Filters the answers to these queries, before any other listener reads them. */
  attach(stanzas: EventEmitter): void {
    stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
      if (frame instanceof Uint8Array || frame.tag !== 'iq') return;
      const query = this.queries.get(frame.attrs['id'] ?? '');
      if (query) this.read(frame, query.skipped);
    });
  }

  private read(answer: BinaryNode, skipped: Skipped | null): void {
    this.queries.delete(answer.attrs['id'] ?? '');
    const list = getBinaryNodeChild(answer, 'list');
    if (!list || !Array.isArray(list.content)) return;
    const [keyless, others] = [list.content.filter(hasError), list.content.filter(user => !hasError(user))];
    if (keyless.length === 0) return;
    list.content = others;
    skipped?.(keyless.flatMap(({ attrs }) => attrs['jid'] ?? []));
  }
}

const hasError = (user: BinaryNode): boolean => getBinaryNodeChild(user, 'error') !== undefined;
