import { createHmac } from 'node:crypto';
import type { AuthenticationCreds, BinaryNode, SignalDataSet, SignalKeyStore } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isLidUser, isPnUser, jidNormalizedUser, reduceBinaryNodeToDictionary } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';
import { isOwnJid } from '../linked-account.js';
import { storedLid } from '../signal/stored-lids.js';
import { withTokens } from './token-attachment.mapper.js';
import { isTokenValid, readTokenWindow, type TokenWindow } from './token-window.policy.js';

const TYPE = 'tctoken';
/** The number of prepared people, which exceeds the number that can be added to a group at once. */
const READY = 2_000;

/** The fields that our patch of Baileys and this class add to the credentials. */
export interface ReachCredentials {
  /** The salt of the account for `cstoken`, from the history after linking or the synchronized record `nct_salt_sync`. */
  nctSalt?: Uint8Array | null;
  tokenWindow?: TokenWindow | null;
}

interface TokenEntry {
  readonly token?: Uint8Array;
  readonly timestamp?: string | number;
  readonly senderTimestamp?: number;
}

/** The tokens that can be sent to one person. */
interface Tokens {
  /** The token of the contact (`tctoken`), which WhatsApp accepts even while the account is restricted. */
  readonly contact: TokenEntry | null;
  readonly lid: string | null;
}

export interface ContactTokensParts {
  /** The stored keys of the session. */
  readonly keys: SignalKeyStore;
  readonly creds: AuthenticationCreds & ReachCredentials;
  /** Stores the credentials. */
  readonly save: () => void;
}

/**
 * The tokens that show WhatsApp to whom an account may write. Baileys stores the tokens of contacts (`tctoken`), but only for four weeks, and ignores tokens in
 * messages. It lacks `cstoken` (whatsmeow 82d579d5, whatsapp-rust 08dc6f47): HMAC-SHA256 of the receiver's LID with the account's salt, which is sent in the
 * first messages to strangers.
 */
export class ContactTokens {
  /** The key store for Baileys, which keeps tokens that WhatsApp still accepts even if Baileys deletes them. */
  readonly keys: SignalKeyStore;
  /** The tokens by jid without a device part. Stanzas are completed synchronously when they are sent, when no key can be read. */
  private readonly ready = new BoundedCache<string, Tokens>({ max: READY });

  constructor(private readonly parts: ContactTokensParts) {
    const { keys } = parts;
    this.keys = {
      get: keys.get.bind(keys),
      set: changes => this.store(changes),
      ...(keys.clear ? { clear: keys.clear.bind(keys) } : {})
    };
  }

  /** Loads the tokens of these people for the stanzas about them. Jids that are not people are skipped. */
  async prepare(jids: readonly string[]): Promise<void> {
    for (const jid of jids.map(jidNormalizedUser)) {
      if (!isPnUser(jid) && !isLidUser(jid)) continue;
      const lid = isLidUser(jid) ? jid : await this.lidOf(jid);
      const entries = await Promise.all([...new Set([lid ?? jid, jid])].map(each => this.entry(each)));
      // A token may have arrived before the LID was known.
      this.ready.set(jid, { contact: entries.find(entry => entry?.token?.length) ?? null, lid });
    }
  }

  /** Whether the contact permits this account to write, according to a valid token. Works only for prepared jids. */
  hasContactToken(jid: string): boolean {
    const { contact } = this.ready.get(jidNormalizedUser(jid)) ?? {};
    return Boolean(contact?.token?.length) && isTokenValid(contact!.timestamp, this.window);
  }

  /** Returns the stanza with its tokens, or the same stanza if there are none. */
  intercept(node: BinaryNode): BinaryNode {
    return withTokens(node, {
      contact: jid => this.contactNode(jid),
      stranger: jid => this.strangerNode(jid),
      isOwn: jid => this.isOwn(jid)
    });
  }

  /** Stores the token of its author that a message may contain (Baileys PR 2752). */
  async learn({ attrs, content }: BinaryNode): Promise<void> {
    if (!Array.isArray(content)) return;
    const token = content.find(({ tag }) => tag === TYPE);
    const from = attrs['participant'] ?? attrs['from'];
    if (!(token?.content instanceof Uint8Array) || token.content.length === 0 || from === undefined) return;
    const author = jidNormalizedUser(from);
    const other = attrs['sender_lid'] ?? attrs['participant_lid'];
    const lid = isLidUser(author) ? author : other ? jidNormalizedUser(other) : await this.lidOf(author);
    if (this.isOwn(author) || (!isPnUser(author) && !isLidUser(author))) return;
    const id = lid ?? author;
    const timestamp = token.attrs['t'] ?? attrs['t'];
    const known = await this.entry(id);
    if (timestamp === undefined || Number(known?.timestamp ?? 0) >= Number(timestamp)) return;
    await this.store({ [TYPE]: { [id]: { ...known, token: Buffer.from(token.content), timestamp } } });
  }

  /** Stores how long tokens are valid from WhatsApp's feature switches, which WhatsApp sends only when they change. */
  switches(iq: BinaryNode): void {
    const props = getBinaryNodeChild(iq, 'props');
    const window = props && readTokenWindow(reduceBinaryNodeToDictionary(props, 'prop'));
    if (!window) return;
    this.parts.creds.tokenWindow = window;
    this.parts.save();
  }

  private get window(): TokenWindow | null {
    return this.parts.creds.tokenWindow ?? null;
  }

  private contactNode(jid: string): BinaryNode | null {
    const { contact } = this.ready.get(jidNormalizedUser(jid)) ?? {};
    if (!this.hasContactToken(jid)) return null;
    return { tag: TYPE, attrs: {}, content: Buffer.from(contact!.token!) };
  }

  private strangerNode(jid: string): BinaryNode | null {
    const user = jidNormalizedUser(jid);
    // A resend may happen before the tokens are prepared.
    const lid = this.ready.get(user)?.lid ?? (isLidUser(user) ? user : null);
    const salt = this.parts.creds.nctSalt;
    if (!lid || !salt?.length) return null;
    return { tag: 'cstoken', attrs: {}, content: createHmac('sha256', salt).update(lid).digest() };
  }

  private isOwn(jid: string): boolean {
    return isOwnJid(jid, this.parts.creds);
  }

  private async entry(jid: string): Promise<TokenEntry | null> {
    return ((await this.parts.keys.get(TYPE, [jid]))[jid] as TokenEntry | undefined) ?? null;
  }

  private lidOf(jid: string): Promise<string | null> {
    return storedLid(this.parts.keys, jid);
  }

  private async store(changes: SignalDataSet): Promise<void> {
    const tokens = changes[TYPE];
    if (!tokens) return this.parts.keys.set(changes);
    const kept: NonNullable<SignalDataSet[typeof TYPE]> = {};
    for (const [jid, value] of Object.entries(tokens)) kept[jid] = value?.token?.length ? value : await this.unlessValid(jid, value);
    await this.parts.keys.set({ ...changes, [TYPE]: kept });
    // Iterates over a copy: `set` moves an entry to the end, where the iteration would reach it again.
    for (const [jid, tokensOf] of [...this.ready.entries()]) {
      const changed = kept[tokensOf.lid ?? jid] ?? kept[jid];
      if (changed) this.ready.set(jid, { ...tokensOf, contact: changed });
    }
  }

  /** Returns the stored token instead of `value` if it is still valid: Baileys replaces or deletes tokens after four weeks. */
  private async unlessValid<V extends TokenEntry | null>(jid: string, value: V): Promise<V> {
    const known = await this.entry(jid);
    if (!known?.token?.length || !isTokenValid(known.timestamp, this.window)) return value;
    return { ...known, senderTimestamp: value?.senderTimestamp ?? known.senderTimestamp } as unknown as V;
  }
}
