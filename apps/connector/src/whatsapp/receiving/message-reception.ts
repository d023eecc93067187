import type { EventEmitter } from 'node:events';
import { errorName, STAGES, tracing } from '@wabus/runtime/tracing';
import type { BaileysEventEmitter, BaileysEventMap, BinaryNode } from '@whiskeysockets/baileys';
import type { Inbox, InboxPass, KeptStanza, MessageIdentity } from '../inbox.js';
import type { Acknowledger } from './acknowledger.js';
import type { IgnoredChats } from './ignored-chats.js';

const KIND = 'CB:message';
const POST = 'CB:status';

/** So many stanzas may be opened before the first of them is handled. */
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

/** The stanza that is being handled: what a ciphertext that Baileys wants decrypted came in. */
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

  /** Whether the stanza with this id is being handled and has nothing to be decrypted: its event comes in any case. */
  isUnsealed(id: string): boolean {
    const { held } = this;
    return held !== null && !held.isSealed && (held.stanza as BinaryNode).attrs['id'] === id;
  }

  /** A ciphertext of the stanza was decrypted, and this is what Baileys gets. */
  open(ciphertext: Uint8Array, plaintext: Uint8Array): void {
    this.opened.set(ciphertext, plaintext);
  }

  /** What Baileys got for ciphertexts of the stanza. */
  get plaintexts(): ReadonlyMap<Uint8Array, Uint8Array> {
    return this.opened;
  }

  get stanza(): BinaryNode | null {
    return (this.held?.stanza ?? null) as BinaryNode | null;
  }

  /** The stanza that holds this very buffer, with its pass, when it is kept. */
  containing(ciphertext: Uint8Array): Held | null {
    const { held } = this;
    return held?.pass && this.stanzaOf(ciphertext) ? { stanza: held.stanza, pass: held.pass } : null;
  }

  /** The stanza that holds this very buffer. */
  stanzaOf(ciphertext: Uint8Array): BinaryNode | null {
    const { stanza } = this;
    return Array.isArray(stanza?.content) && stanza.content.some(child => child.content === ciphertext) ? stanza : null;
  }
}

export interface MessageReceptionParts {
  readonly session: string;
  /** Of the socket, with Baileys' own listeners. */
  readonly stanzas: EventEmitter;
  /** `null` when nothing is kept. */
  readonly inbox: Inbox | null;
  readonly currentStanza: CurrentStanza;
  /** Takes up what is left; called once, when stanzas can be answered. What comes from the network waits until it settles. */
  readonly recover: () => Promise<void>;
  /** Whether the connection is there; without it nothing more is begun. */
  readonly connected: () => boolean;
  /** Whether a stanza has something to be decrypted, which is kept then. */
  readonly isSealed: (stanza: BinaryNode) => boolean;
  /** Decrypts a stanza that waits for its turn; settles with whether it was done. Never rejects. */
  readonly openEarly: (stanza: BinaryNode, pass: InboxPass) => Promise<boolean>;
  /** Keeps a stanza that has nothing to decrypt, before Baileys confirms it. */
  readonly keep: (stanza: BinaryNode, pass: InboxPass) => Promise<void>;
  /** Which message a stanza is; `null` if it is not one. */
  readonly identify: (stanza: BinaryNode) => MessageIdentity | null;
  /** Runs the handling of a stanza. */
  readonly around: (stanza: BinaryNode, handle: () => Promise<void>) => Promise<void>;
  /** Acknowledges posts. */
  readonly acknowledger: Pick<Acknowledger, 'note' | 'post' | 'acknowledge'>;
  /** Chats whose messages are acknowledged and not read. */
  readonly ignored: Pick<IgnoredChats, 'includes'>;
}

/**
 * Hands message stanzas to Baileys' listeners one after another, in the order of reception. Alone, Baileys begins with all of them at once and stores the addresses of
 * a new contact before it waits for its turn, so that the first messages of a contact would be overtaken by later ones; and it puts those of the time before the login
 * into a queue beside the one for those after it.
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
    // Posts have a stanza of their own since July 2026; Baileys knows only the former one (WAHA 2151, whatsapp-rust PR 1101).
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

  /** A trace begins with the frame, and ends when it is handled; its event and its entry in the journal find it by the id of the message. */
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

  /** A message of a chat that is left out stays closed: whoever no longer leaves it out asks for new keys by a retry receipt, as for any that it cannot read. */
  private async receive(stanza: BinaryNode, pass: InboxPass | null): Promise<void> {
    if (!this.isIgnored(stanza)) return void (await this.handle(stanza, pass));
    this.parts.acknowledger.note(stanza);
    this.parts.acknowledger.acknowledge(stanza);
  }

  /** `null`: it is opened in its turn. */
  private async openEarly(stanza: BinaryNode): Promise<InboxPass | null> {
    // A log that is slower than WhatsApp delays receipts, and by them WhatsApp.
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
    // The emitter takes care of a rejection.
    return handled;
  }

  private begin(stanza: BinaryNode): InboxPass | null {
    return this.parts.inbox?.begin(stanza.attrs['id'] ?? '', () => this.parts.identify(stanza)) ?? null;
  }

  /**
   * Has one stanza handled; settles with whether an event came of it. Calls must not overlap: only `recover` may call it.
   * @param begun its pass, when it was opened early
   */
  async handle(stanza: BinaryNode, begun: InboxPass | null = null): Promise<boolean> {
    // It came at once; Baileys takes the attribute, whatever its value, for the backlog (Baileys 2810).
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

/** Opens stanzas in the order of reception, each before its turn, as long as all before it could be opened: what one changes, the next one needs. */
class EarlyTurns {
  /** Whether the stanza that came last was opened. */
  private last: Promise<unknown> = Promise.resolve(null);
  /** The turns of the stanzas that came last, each of which begins when the one before has ended. */
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
 * Calls `listener` while the stanza does not say that it waited for the login. Baileys asks for that at once, to choose a queue, of which there must be one only, and
 * again at the end, for the type of the event.
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
 * Hands every event of a socket to `listener` in the order of emission, whatever its name. Baileys reacts to some of its events by emitting others at once, and its own
 * `ev.process` would hand over those first, so the listener is put in front of Baileys' own.
 */
export function onEveryEvent(ev: BaileysEventEmitter, listener: (events: Partial<BaileysEventMap>) => void): void {
  emitterBehind(ev).prependListener('event', listener);
}

/** The Node emitter that `ev` passes its calls on to: Node notifies it of each new listener, with itself as `this`. */
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
