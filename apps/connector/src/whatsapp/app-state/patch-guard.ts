import type { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WabusError, type SocketCommand } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { connectionEnded } from '../sending/whatsapp-error.mapper.js';
import { asFailure, isPatch, type RefusedPatch } from './patch-answer.codec.js';

/** The commands that change the synchronized state of the account. */
const CHANGES_STATE: ReadonlySet<SocketCommand> = new Set<SocketCommand>([
  'chatModify',
  'star',
  'addOrEditContact',
  'removeContact',
  'addLabel',
  'addChatLabel',
  'removeChatLabel',
  'addMessageLabel',
  'removeMessageLabel',
  'addOrEditQuickReply',
  'removeQuickReply',
  'updateProfileName',
  'updateDisableLinkPreviewsPrivacy'
]);

/** Somebody else has changed the collection meanwhile. */
const CONFLICT = 409;
/** Each attempt takes over first what the server has; twelve changes at once by two devices need no more than three. */
const MAX_ATTEMPTS = 6;
const RETRY_MS = 150;
/** Before Baileys' own limit of a minute, which it takes for success. */
const ANSWER_LIMIT_MS = 45_000;
/** In the answer that stands in for one that did not come; no code of WhatsApp's. */
const NO_ANSWER = 0;

/**
 * Sees to it that a change of the synchronized state that WhatsApp refuses fails. WhatsApp answers with a result in which the collection has an error; Baileys looks only at the result, takes the change for
 * made and publishes it. Here that answer becomes an error before Baileys gets it, so that Baileys neither keeps nor publishes anything, and a conflict is tried again
 * (whatsmeow appstate.go does the same).
 */
export class PatchGuard {
  /** Requests without an answer, with the limit of each. */
  private readonly sent = new Map<string, NodeJS.Timeout>();
  private stanzas: EventEmitter | null = null;

  constructor(
    private readonly ended: AbortSignal,
    private readonly refused: (patch: RefusedPatch & { change: boolean }) => void
  ) {
    ended.addEventListener('abort', () => this.sent.forEach(timer => clearTimeout(timer)), { once: true });
  }

  attach(stanzas: EventEmitter): void {
    this.stanzas = stanzas;
    stanzas.prependListener('frame', (frame: BinaryNode | Uint8Array) => {
      if (!(frame instanceof Uint8Array)) this.answered(frame);
    });
  }

  /** For outgoing stanzas; changes none. */
  readonly intercept = (node: BinaryNode): BinaryNode => {
    const id = node.attrs['id'];
    if (id && isPatch(node)) this.sent.set(id, setTimeout(() => this.expire(id), ANSWER_LIMIT_MS).unref());
    return node;
  };

  /** Runs a command; one that changes the state again while others change it too. `run` throws `WabusError`; it is thrown on, and `TIMEOUT` when WhatsApp did not answer. */
  async run<T>(command: SocketCommand, run: () => Promise<T>): Promise<T> {
    if (!CHANGES_STATE.has(command)) return run();
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (error) {
        const code = error instanceof WabusError && error.code === 'REFUSED_BY_WHATSAPP' ? error.details?.['statusCode'] : null;
        if (code === NO_ANSWER) throw new WabusError('TIMEOUT', { cause: error });
        if (code !== CONFLICT || attempt === MAX_ATTEMPTS) throw error;
      }
      const waitMs = RETRY_MS * attempt * (0.5 + Math.random());
      await delay(waitMs, undefined, { signal: this.ended }).catch((cause: unknown) => {
        throw connectionEnded(cause);
      });
    }
  }

  /** Baileys gets the same object next. */
  private answered(frame: BinaryNode): void {
    if (frame.tag !== 'iq') return;
    const failure = asFailure(frame);
    const id = frame.attrs['id'] ?? '';
    const timer = this.sent.get(id);
    // Also of a collection that was only read, which Baileys leaves as it is.
    if (failure) this.refused({ ...failure, change: timer !== undefined });
    if (!timer) return;
    clearTimeout(timer);
    this.sent.delete(id);
    if (failure) Object.assign(frame, failure.answer);
  }

  private expire(id: string): void {
    this.sent.delete(id);
    const error: BinaryNode = { tag: 'error', attrs: { code: String(NO_ANSWER), text: 'no answer' } };
    this.stanzas?.emit(`TAG:${id}`, { tag: 'iq', attrs: { id, type: 'error' }, content: [error] } satisfies BinaryNode);
  }
}
