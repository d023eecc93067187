import { createHmac } from 'node:crypto';
import type { AuthenticationCreds, BinaryNode, SignalDataSet, SignalKeyStore } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isLidUser, isPnUser, jidNormalizedUser, reduceBinaryNodeToDictionary } from '../baileys.js';
import { BoundedCache } from '../bounded.cache.js';
import { isOwnJid } from '../linked-account.js';
import { storedLid } from '../signal/stored-lids.js';
import { withTokens } from './token-attachment.mapper.js';
import { isTokenValid, readTokenWindow, type TokenWindow } from './token-window.policy.js';

const TYPE = 'tctoken';
/** More people than can enter a group at once. */
const READY = 2_000;

/** What our patch of Baileys adds to the credentials, and what we do. */
export interface ReachCredentials {
  /** The salt of the account for `cstoken`: from the history of the first link, or the app-state record `nct_salt_sync`. */
  nctSalt?: Uint8Array | null;
  tokenWindow?: TokenWindow | null;
}

interface TokenEntry {
  readonly token?: Uint8Array;
  readonly timestamp?: string | number;
  readonly senderTimestamp?: number;
}

/** What can be sent to one person. */
interface Tokens {
  /** That of the contact (`tctoken`), which also counts while the account is restricted. */
  readonly contact: TokenEntry | null;
  readonly lid: string | null;
}

export interface ContactTokensParts {
  /** Of the session, as they are stored. */
  readonly keys: SignalKeyStore;
  readonly creds: AuthenticationCreds & ReachCredentials;
  /** Stores the credentials. */
  readonly save: () => void;
}

/**
 * The tokens by which WhatsApp knows whom an account may write to. Baileys keeps those of contacts (`tctoken`), but for four weeks only, takes none from messages, and
 * knows no `cstoken` (whatsmeow 82d579d5, whatsapp-rust 08dc6f47): HMAC-SHA256 of the receiver's LID with the account's salt, which goes first to strangers.
 */
export class ContactTokens {
  /** Keys as Baileys gets them: it may not throw away a token that the service still takes. */
  readonly keys: SignalKeyStore;
  /** By jid without device: stanzas are completed while they leave, when nothing can be read any more. */
  private readonly ready = new BoundedCache<string, Tokens>({ max: READY });

  constructor(private readonly parts: ContactTokensParts) {
    const { keys } = parts;
    this.keys = {
      get: keys.get.bind(keys),
      set: changes => this.store(changes),
      ...(keys.clear ? { clear: keys.clear.bind(keys) } : {})
    };
  }

  /** Makes the tokens of these people ready for the stanzas about them. Others than people are left out. */
  async prepare(jids: readonly string[]): Promise<void> {
    for (const jid of jids.map(jidNormalizedUser)) {
      if (!isPnUser(jid) && !isLidUser(jid)) continue;
      const lid = isLidUser(jid) ? jid : await this.lidOf(jid);
      const entries = await Promise.all([...new Set([lid ?? jid, jid])].map(each => this.entry(each)));
      // A token may have come before the LID was known.
      this.ready.set(jid, { contact: entries.find(entry => entry?.token?.length) ?? null, lid });
    }
  }

  /** Whether the contact has let this account write to it. Of prepared jids only. */
  hasContactToken(jid: string): boolean {
    const { contact } = this.ready.get(jidNormalizedUser(jid)) ?? {};
    return Boolean(contact?.token?.length) && isTokenValid(contact!.timestamp, this.window);
  }

  /** The stanza with the tokens that belong on it; the same one when there are none. */
  intercept(node: BinaryNode): BinaryNode {
    return withTokens(node, {
      contact: jid => this.contactNode(jid),
      stranger: jid => this.strangerNode(jid),
      isOwn: jid => this.isOwn(jid)
    });
  }

  /** A message from somebody may carry the token of its author (Baileys PR 2752). */
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

  /** The service's switches: they say for how long tokens count. It sends them only when they have changed. */
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
    // A repetition may leave before anything is prepared.
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
    // A copy: each entry that is set is the newest, which the cache would come to again.
    for (const [jid, tokensOf] of [...this.ready.entries()]) {
      const changed = kept[tokensOf.lid ?? jid] ?? kept[jid];
      if (changed) this.ready.set(jid, { ...tokensOf, contact: changed });
    }
  }

  /** Baileys takes a token for expired after four weeks, and writes an empty one or none in its place. */
  private async unlessValid<V extends TokenEntry | null>(jid: string, value: V): Promise<V> {
    const known = await this.entry(jid);
    if (!known?.token?.length || !isTokenValid(known.timestamp, this.window)) return value;
    return { ...known, senderTimestamp: value?.senderTimestamp ?? known.senderTimestamp } as unknown as V;
  }
}
