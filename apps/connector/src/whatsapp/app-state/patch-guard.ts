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

/** The code of a conflict: another device has changed the collection in the meantime. */
const CONFLICT = 409;
/** Each attempt first applies the server's changes; twelve concurrent changes by two devices need at most three attempts. */
const MAX_ATTEMPTS = 6;
const RETRY_MS = 150;
/** Shorter than Baileys' own limit of 60 s, after which Baileys assumes success. */
const ANSWER_LIMIT_MS = 45_000;
/** The code in the substitute for a missing answer; WhatsApp does not use it. */
const NO_ANSWER = 0;

/**
 * Makes a change of the synchronized state fail if WhatsApp refuses it. WhatsApp answers with a result in which the collection has an error; Baileys checks
 * only the result, assumes that the change was made, and publishes it. This class turns that answer into an error before Baileys gets it, so that Baileys
 * neither stores nor publishes the change, and retries after a conflict (whatsmeow appstate.go does the same).
 */
export class PatchGuard {
  /** The timers of unanswered requests, by id. */
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

  /** Notes outgoing changes; returns every stanza unchanged. */
  readonly intercept = (node: BinaryNode): BinaryNode => {
    const id = node.attrs['id'];
    if (id && isPatch(node)) this.sent.set(id, setTimeout(() => this.expire(id), ANSWER_LIMIT_MS).unref());
    return node;
  };

  /** Runs a command, and retries a change of the state after a conflict. Throws the `WabusError` of `run`, and `TIMEOUT` if WhatsApp did not answer. */
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

  /** Changes the frame in place, since Baileys gets the same object next. */
  private answered(frame: BinaryNode): void {
    if (frame.tag !== 'iq') return;
    const failure = asFailure(frame);
    const id = frame.attrs['id'] ?? '';
    const timer = this.sent.get(id);
    // Reported for reads too: Baileys ignores the refusal of a read.
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
