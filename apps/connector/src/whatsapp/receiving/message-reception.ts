import type { EventEmitter } from 'node:events';
import { errorName, STAGES, tracing } from '@wabus/runtime/tracing';
import type { BaileysEventEmitter, BaileysEventMap, BinaryNode } from '@whiskeysockets/baileys';
import type { Inbox, InboxPass, KeptStanza, MessageIdentity } from '../inbox.js';
import type { Acknowledger } from './acknowledger.js';
import type { IgnoredChats } from './ignored-chats.js';

const KIND = 'CB:message';
const POST = 'CB:status';

/** The number of stanzas that may be opened before the first of them is handled. */
const MAX_EARLY = 16;

type StanzaListener = (stanza: BinaryNode) => Promise<void> | void;

interface Held {
  readonly stanza: KeptStanza;
  readonly pass: InboxPass;
}

interface Current {
  readonly stanza: KeptStanza;
  readonly pass: InboxPass | null;
  readonly isSealed: boolean;
}

/** The stanza that is being handled, which contains the ciphertexts that Baileys decrypts. */
export class CurrentStanza {
  private held: Current | null = null;
  private opened = new Map<Uint8Array, Uint8Array>();

  set(stanza: BinaryNode, { pass, isSealed }: Omit<Current, 'stanza'>): void {
    this.held = { stanza, pass, isSealed };
    this.opened = new Map();
  }

  clear(): void {
    this.held = null;
    this.opened.clear();
  }

  /** Whether the stanza with this id is being handled and has nothing to decrypt, so that its event is emitted in any case. */
  isUnsealed(id: string): boolean {
    const { held } = this;
    return held !== null && !held.isSealed && (held.stanza as BinaryNode).attrs['id'] === id;
  }

  /** Notes the plaintext that Baileys gets for a ciphertext of the stanza. */
  open(ciphertext: Uint8Array, plaintext: Uint8Array): void {
    this.opened.set(ciphertext, plaintext);
  }

  /** The plaintexts that Baileys got, by ciphertext. */
  get plaintexts(): ReadonlyMap<Uint8Array, Uint8Array> {
    return this.opened;
  }

  get stanza(): BinaryNode | null {
    return (this.held?.stanza ?? null) as BinaryNode | null;
  }

  /** Returns the stanza that contains this very buffer, with its pass; `null` if there is none or the inbox does not keep it. */
  containing(ciphertext: Uint8Array): Held | null {
    const { held } = this;
    return held?.pass && this.stanzaOf(ciphertext) ? { stanza: held.stanza, pass: held.pass } : null;
  }

  /** Returns the stanza if it contains this very buffer. */
  stanzaOf(ciphertext: Uint8Array): BinaryNode | null {
    const { stanza } = this;
    return Array.isArray(stanza?.content) && stanza.content.some(child => child.content === ciphertext) ? stanza : null;
  }
}

export interface MessageReceptionParts {
  readonly session: string;
  /** The emitter of the socket, with Baileys' own listeners. */
  readonly stanzas: EventEmitter;
  /** `null` if decrypted messages are not kept. */
  readonly inbox: Inbox | null;
  readonly currentStanza: CurrentStanza;
  /** Recovers the stanzas in the inbox. Called once, after the login. Stanzas from the network wait until it settles. */
  readonly recover: () => Promise<void>;
  /** Whether the connection is open; without it, no further stanza is handled. */
  readonly connected: () => boolean;
  /** Whether a stanza has content to decrypt, whose plaintext is then stored. */
  readonly isSealed: (stanza: BinaryNode) => boolean;
  /** Decrypts a stanza that waits for its turn; resolves to whether it was decrypted. Never rejects. */
  readonly openEarly: (stanza: BinaryNode, pass: InboxPass) => Promise<boolean>;
  /** Stores a stanza that has nothing to decrypt, before Baileys confirms it. */
  readonly keep: (stanza: BinaryNode, pass: InboxPass) => Promise<void>;
  /** Returns the message of a stanza; `null` if it is not a message. */
  readonly identify: (stanza: BinaryNode) => MessageIdentity | null;
  /** Wraps the handling of a stanza. */
  readonly around: (stanza: BinaryNode, handle: () => Promise<void>) => Promise<void>;
  /** Acknowledges posts. */
  readonly acknowledger: Pick<Acknowledger, 'note' | 'post' | 'acknowledge'>;
  /** The chats whose messages are acknowledged but not read. */
  readonly ignored: Pick<IgnoredChats, 'includes'>;
}

/**
 * Passes message stanzas to Baileys' listeners one after another, in the order of reception. On its own, Baileys starts all of them at once and stores the
 * addresses of a new contact before a stanza waits in its queue, so later messages would overtake the first messages of a contact. It also has separate queues
 * for the backlog and for live messages.
 */
export class MessageReception {
  private readonly listeners: StanzaListener[];
  private turn: Promise<void>;
  private readonly early = new EarlyTurns();

  constructor(private readonly parts: MessageReceptionParts) {
    const { stanzas } = parts;
    this.listeners = stanzas.listeners(KIND) as StanzaListener[];
    stanzas.removeAllListeners(KIND);
    this.turn = new Promise<void>(resolve => stanzas.once('CB:success', () => resolve(parts.recover())));
    stanzas.on(KIND, (stanza: BinaryNode) => this.traced(stanza, () => this.take(stanza)));
    // Since July 2026, posts arrive in a stanza of their own, which Baileys does not support (WAHA 2151, whatsapp-rust PR 1101).
    stanzas.on(POST, (stanza: BinaryNode) =>
      this.inTurn(null, () =>
        parts.acknowledger.post(stanza, message => (this.isIgnored(stanza) ? Promise.resolve() : this.handle(message)))
      )
    );
  }

  private take(stanza: BinaryNode): Promise<void> {
    return this.inTurn(
      () => this.openEarly(stanza),
      pass => this.receive(stanza, pass)
    );
  }

  /** Traces a stanza from its frame until it is handled; its event and its journal entry find the trace by message id. */
  private traced(stanza: BinaryNode, handle: () => Promise<void>): Promise<void> {
    if (!tracing.isOn) return handle();
    const { session } = this.parts;
    const span = tracing.begin(STAGES.receive(session));
    tracing.noteMessage(session, stanza.attrs['id'] ?? '', span);
    const handled = handle();
    handled.then(
      () => span.end(),
      (error: unknown) => span.end({ error: errorName(error) })
    );
    return handled;
  }

  private isIgnored({ attrs }: BinaryNode): boolean {
    return this.parts.ignored.includes(attrs['from']);
  }

  /**
   * Handles a stanza. A message of an ignored chat stays encrypted. Once the chat is no longer ignored, a retry receipt requests new keys, as for any
   * unreadable message.
   */
  private async receive(stanza: BinaryNode, pass: InboxPass | null): Promise<void> {
    if (!this.isIgnored(stanza)) return void (await this.handle(stanza, pass));
    this.parts.acknowledger.note(stanza);
    this.parts.acknowledger.acknowledge(stanza);
  }

  /** Opens a stanza before its turn; resolves to `null` if it will be opened in its turn. */
  private async openEarly(stanza: BinaryNode): Promise<InboxPass | null> {
    // If the log is slower than WhatsApp, waiting delays the receipts, which slows WhatsApp down.
    await this.parts.inbox?.room();
    if (!this.parts.connected() || this.isIgnored(stanza)) return null;
    const pass = this.begin(stanza);
    return pass && (await this.parts.openEarly(stanza, pass)) ? pass : null;
  }

  private inTurn(open: (() => Promise<InboxPass | null>) | null, handle: (pass: InboxPass | null) => Promise<unknown>): Promise<void> {
    const opened = this.early.add(this.turn, open);
    const handled = this.turn.then(async () => {
      const pass = await opened;
      if (this.parts.connected()) await handle(pass);
    });
    this.turn = handled.catch(() => undefined);
    // The emitter handles a rejection.
    return handled;
  }

  private begin(stanza: BinaryNode): InboxPass | null {
    return this.parts.inbox?.begin(stanza.attrs['id'] ?? '', () => this.parts.identify(stanza)) ?? null;
  }

  /**
   * Handles one stanza; resolves to whether it produced an event. Calls must not overlap: only `recover` may call it.
   * @param begun its pass if it was opened early
   */
  async handle(stanza: BinaryNode, begun: InboxPass | null = null): Promise<boolean> {
    // The stanza is live; with this attribute, whatever its value, Baileys assumes the backlog (Baileys 2810).
    if (stanza.attrs['offline'] === '0') delete stanza.attrs['offline'];
    const { currentStanza } = this.parts;
    this.parts.acknowledger.note(stanza);
    const pass = begun ?? this.begin(stanza);
    const isSealed = begun !== null || this.parts.isSealed(stanza);
    pass?.enter();
    currentStanza.set(stanza, { pass, isSealed });
    try {
      if (pass && !isSealed) await this.parts.keep(stanza, pass);
      await this.parts.around(stanza, async () => {
        for (const listener of this.listeners) await begunAsLive(stanza, () => listener(stanza));
      });
    } finally {
      currentStanza.clear();
      pass?.end();
    }
    return pass?.emitted ?? false;
  }
}

/** Opens stanzas in the order of reception, each before its turn, as long as all earlier ones could be opened: each needs the changes of the one before. */
class EarlyTurns {
  /** The outcome of the last added stanza; `null` if it was not opened. */
  private last: Promise<unknown> = Promise.resolve(null);
  /** The turns of the last added stanzas; each begins when the one before has ended. */
  private readonly turns: Promise<void>[] = [];

  /** @param turn settles when all stanzas before this one are handled */
  add<T>(turn: Promise<void>, open: (() => Promise<T | null>) | null): Promise<T | null> {
    const before = this.last;
    this.turns.push(turn);
    const room = this.turns.length > MAX_EARLY ? this.turns.shift()! : this.turns[0]!;
    const opened = (async () => {
      if ((await before) === null) await turn;
      else await room;
      return open === null ? null : open();
    })();
    this.last = opened;
    return opened;
  }
}

/**
 * Calls `listener` while the stanza lacks the mark of the backlog. Baileys reads the mark twice: synchronously to select a queue, of which only one may be
 * used, and at the end for the type of the event.
 */
function begunAsLive<T>(stanza: BinaryNode, listener: () => T): T {
  const { offline } = stanza.attrs;
  if (offline === undefined) return listener();
  delete stanza.attrs['offline'];
  try {
    return listener();
  } finally {
    stanza.attrs['offline'] = offline;
  }
}

/**
 * Passes every event of a socket to `listener` in the order of emission, whatever its name. Baileys reacts to some of its events by emitting others
 * synchronously, and `ev.process` would pass those on first, so the listener is placed before Baileys' own.
 */
export function onEveryEvent(ev: BaileysEventEmitter, listener: (events: Partial<BaileysEventMap>) => void): void {
  emitterBehind(ev).prependListener('event', listener);
}

/** Returns the Node.js emitter to which `ev` delegates: Node.js emits `newListener` for each new listener, with the emitter as `this`. */
function emitterBehind(ev: BaileysEventEmitter): EventEmitter {
  const facade = ev as unknown as Pick<EventEmitter, 'on' | 'off'>;
  const found: EventEmitter[] = [];
  const witness = function (this: EventEmitter): void {
    found.push(this);
  };
  const probe = (): void => undefined;
  facade.on('newListener', witness);
  facade.on('probe', probe);
  facade.off('newListener', witness);
  facade.off('probe', probe);
  if (!found[0]) throw new Error("the socket's event emitter is not the one from Baileys 7.0.0-rc14");
  return found[0];
}
