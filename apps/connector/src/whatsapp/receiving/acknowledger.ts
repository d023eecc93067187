import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { BoundedCache } from '../bounded.cache.js';
import type { EngineFigures } from '../engine-figures.js';
import { ackOf, correctedAck, isPost, isUnknown } from './acknowledgement.policy.js';
import { OwnCopies } from './own-copies.js';

export interface AcknowledgerParts {
  /** Ids of messages that were asked for again, over all connections of the session. */
  readonly askedAgain: BoundedCache<string, true>;
  /** Whether a message that is being handled has nothing to be decrypted: its event comes in any case. */
  readonly isUnsealed: (id: string) => boolean;
  /** Whether one more message of a sender may be asked for again. */
  readonly mayAskAgain: (sender: string) => boolean;
  /** The jid of this device, once it is linked. */
  readonly own: () => string | undefined;
  /** Whether a jid is one of the account. */
  readonly isOwn: (jid: string) => boolean;
  readonly figures: EngineFigures;
  readonly logger: Logger;
}

/** The acknowledgements of one socket, where they differ from Baileys' own. */
export class Acknowledger {
  /** Posts that are being handled, by id. */
  private readonly posts = new Set<string>();
  private send: (node: BinaryNode) => Promise<void> = () => Promise.resolve();

  private readonly ownCopies: OwnCopies;

  constructor(private readonly parts: AcknowledgerParts) {
    this.ownCopies = new OwnCopies(parts.isOwn);
  }

  /** A message that is about to be handled. */
  note(stanza: BinaryNode): void {
    this.ownCopies.note(stanza);
  }

  /** Part of `interceptNode`. */
  readonly intercept = (sent: BinaryNode): BinaryNode | null => {
    const node = this.ownCopies.confirmed(sent);
    const { tag, attrs } = node;
    const id = attrs['id'] ?? '';
    if (tag === 'receipt' && attrs['type'] === 'retry') {
      // The plain ack follows in either case.
      this.parts.askedAgain.set(id, true);
      if (this.parts.mayAskAgain(attrs['participant'] ?? attrs['to'] ?? '')) return node;
      this.parts.figures.unaskedAgain++;
      return null;
    }
    if (tag !== 'ack' || attrs['class'] !== 'message') return node;
    return correctedAck(node, { post: this.posts.has(id), isSettled: this.parts.askedAgain.has(id) || this.parts.isUnsealed(id) });
  };

  /** Acknowledges what nobody handles, from now on. */
  attach(stanzas: EventEmitter, send: (node: BinaryNode) => Promise<void>): void {
    this.send = send;
    stanzas.on('frame', (frame: BinaryNode | Uint8Array) => {
      if (frame instanceof Uint8Array || !isUnknown(frame)) return;
      if (this.parts.figures.unknownStanza(frame.tag))
        this.parts.logger.warn({ tag: frame.tag, type: frame.attrs['type'] }, 'acknowledging stanzas of an unknown kind');
      this.acknowledge(frame);
    });
  }

  /**
   * Handles a stanza of the tag `status` as the message that it is, and acknowledges it when `handle` has settled: it is durable then, or cannot be read.
   * Settles with the handling.
   */
  async post(stanza: BinaryNode, handle: (message: BinaryNode) => Promise<unknown>): Promise<void> {
    if (!isPost(stanza)) return;
    const id = stanza.attrs['id'] ?? '';
    this.posts.add(id);
    try {
      await handle({ ...stanza, tag: 'message' });
    } finally {
      this.posts.delete(id);
      this.acknowledge(stanza);
    }
  }

  /** Acknowledges a stanza that is kept from Baileys. */
  acknowledge(stanza: BinaryNode): void {
    this.send(ackOf(stanza, this.parts.own())).catch((err: unknown) =>
      // It comes again over the next connection.
      this.parts.logger.debug({ err, tag: stanza.tag }, 'failed to acknowledge a stanza')
    );
  }
}
