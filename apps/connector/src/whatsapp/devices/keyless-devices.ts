import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { getBinaryNodeChild } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';

type Skipped = (devices: readonly string[]) => void;

/**
 * Devices of which WhatsApp has no keys. Baileys gives up the whole message for one of them (Baileys 2521); here they are taken out of WhatsApp's answer before Baileys
 * reads it, and the message goes to the others.
 */
export class KeylessDevices {
  private readonly sends = new AsyncLocalStorage<Skipped>();
  /** Queries that are under way, by id, with the send that made them. */
  private readonly queries = new BoundedCache<string, { readonly skipped: Skipped | null }>({ max: 1_000 });

  /** Sends something; `skipped` gets the jids of devices without keys before the message leaves. */
  during<T>(skipped: Skipped, send: () => Promise<T>): Promise<T> {
    return this.sends.run(skipped, send);
  }

  /** Part of `interceptNode`: notes who asks for keys. */
  note({ tag, attrs, content }: BinaryNode): void {
    if (tag !== 'iq' || attrs['xmlns'] !== 'encrypt' || attrs['type'] !== 'get' || !attrs['id']) return;
    if (Array.isArray(content) && content.some(child => child.tag === 'key'))
      this.queries.set(attrs['id'], { skipped: this.sends.getStore() ?? null });
  }

  /** Before anybody reads an answer. */
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
