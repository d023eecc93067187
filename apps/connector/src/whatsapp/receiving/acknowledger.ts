import type { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { BoundedCache } from '../bounded.cache.js';
import type { EngineFigures } from '../engine-figures.js';
import { ackOf, correctedAck, isPost, isUnknown } from './acknowledgement.policy.js';
import { OwnCopies } from './own-copies.js';

export interface AcknowledgerParts {
  /** Ids of messages that were requested again, on all connections of the session. */
  readonly askedAgain: BoundedCache<string, true>;
  /** Whether the message with this id is being handled and has no encrypted content, so that its event is emitted in any case. */
  readonly isUnsealed: (id: string) => boolean;
  /** Whether another message from a sender may be requested again. */
  readonly mayAskAgain: (sender: string) => boolean;
  /** Returns the jid of this device once it is linked. */
  readonly own: () => string | undefined;
  /** Whether a jid belongs to the account. */
  readonly isOwn: (jid: string) => boolean;
  readonly figures: EngineFigures;
  readonly logger: Logger;
}

/** Sends the acknowledgements of one socket that Baileys omits, and corrects Baileys' own. */
export class Acknowledger {
  /** Posts that are being handled, by id. */
  private readonly posts = new Set<string>();
  private send: (node: BinaryNode) => Promise<void> = () => Promise.resolve();

  private readonly ownCopies: OwnCopies;

  constructor(private readonly parts: AcknowledgerParts) {
    this.ownCopies = new OwnCopies(parts.isOwn);
  }

  /** Notes a message that is about to be handled. */
  note(stanza: BinaryNode): void {
    this.ownCopies.note(stanza);
  }

  /** Returns the stanza to send instead of an ack or receipt from Baileys; `null` for none. Part of `interceptNode`. */
  readonly intercept = (sent: BinaryNode): BinaryNode | null => {
    const node = this.ownCopies.confirmed(sent);
    const { tag, attrs } = node;
    const id = attrs['id'] ?? '';
    if (tag === 'receipt' && attrs['type'] === 'retry') {
      // Baileys sends the plain ack in either case.
      this.parts.askedAgain.set(id, true);
      if (this.parts.mayAskAgain(attrs['participant'] ?? attrs['to'] ?? '')) return node;
      this.parts.figures.unaskedAgain++;
      return null;
    }
    if (tag !== 'ack' || attrs['class'] !== 'message') return node;
    return correctedAck(node, { post: this.posts.has(id), isSettled: this.parts.askedAgain.has(id) || this.parts.isUnsealed(id) });
  };

  /** Acknowledges stanzas without a handler from now on. */
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
   * Handles a `status` stanza as a message, and acknowledges it once `handle` has settled: by then the message is durable or cannot be read.
   * Settles like `handle`.
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

  /** Acknowledges a stanza that Baileys does not get. */
  acknowledge(stanza: BinaryNode): void {
    this.send(ackOf(stanza, this.parts.own())).catch((err: unknown) =>
      // WhatsApp delivers the stanza again on the next connection.
      this.parts.logger.debug({ err, tag: stanza.tag }, 'failed to acknowledge a stanza')
    );
  }
}
