import { WabusError } from '@wabus/contracts';
import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { isLidUser, isPnUser, jidDecode } from '../baileys.js';
import type { ContactLookup } from '../reach/contact-lookup.js';
import type { PostAuthors } from '../sending/post-authors.js';
import { mapWhatsAppError } from '../sending/whatsapp-error.mapper.js';
import { storedLid, storedNumber } from '../signal/stored-lids.js';
import { addressOf, type Namespace } from './address.policy.js';

export interface RecipientResolverParts {
  readonly socket: Pick<WASocket, 'authState'>;
  /** Queries WhatsApp, with the cache and the limit that all look-ups of the session share. */
  readonly contacts: Pick<ContactLookup, 'find' | 'forget'>;
  readonly namespace: () => Promise<Namespace>;
  readonly authors: PostAuthors;
  readonly logger: Logger;
}

/** The address of a chat for sending. */
export interface Recipient {
  /** The jid to which stanzas are sent. */
  readonly jid: string;
  /** The jid that the caller specified. */
  readonly asked: string;
  /** The jid of the contact in the namespace other than that of `asked`; `null` if it is unknown or the chat is not a contact. */
  readonly alternate: string | null;
  /** The number that is sent along with a LID, so that phones do not show an unknown user (zapo 4899aad). */
  readonly number: string | null;
}

/** Finds the jid with which this account addresses a contact: first in the LID map that Baileys keeps with the credentials, then by a query to WhatsApp. */
export class RecipientResolver {
  /** Numbers whose LID was queried because WhatsApp reported it as stale. */
  private readonly refreshed = new Set<string>();

  constructor(private readonly parts: RecipientResolverParts) {}

  /**
   * Resolves to the recipient of a message to `jid`. Jids that are not contacts, such as groups, channels and devices, stay unchanged.
   * Throws `ADDRESS_UNKNOWN` and `LID_REPLACED`, `RATE_LIMITED` if too many numbers were looked up, and `NOT_CONNECTED` if WhatsApp did not answer:
   * nothing was sent.
   */
  async resolve(jid: string): Promise<Recipient> {
    if (!isContact(jid)) return { jid, asked: jid, alternate: null, number: null };
    const namespace = await this.parts.namespace();
    const givenAs = isLidUser(jid) ? 'lid' : 'pn';
    const known = givenAs === 'lid' ? await this.numberOf(jid) : await this.lidOf(jid);
    const currentLid = givenAs === 'lid' && known !== null ? await this.lidOf(known) : null;
    const other = known ?? (namespace === 'lid' && givenAs === 'pn' ? await this.ask(jid) : null);
    const address = addressOf(namespace, { given: jid, givenAs, other, currentLid });
    switch (address.kind) {
      case 'missing':
        throw unknownAddress(address.namespace);
      case 'replaced':
        throw new WabusError('LID_REPLACED', { details: { lid: address.by } });
      case 'known': {
        const number = isLidUser(address.jid) ? address.other : null;
        return { jid: address.jid, asked: jid, alternate: other, number };
      }
    }
  }

  /** Resolves to the stored address of `jid`, or to `jid` if none is stored; never queries WhatsApp and never refuses. For receipts. */
  async known(jid: string): Promise<string> {
    if (!isContact(jid)) return jid;
    const namespace = await this.parts.namespace();
    const isLid = isLidUser(jid);
    if ((namespace === 'lid') === Boolean(isLid)) return jid;
    return (isLid ? await this.numberOf(jid) : await this.lidOf(jid)) ?? jid;
  }

  /** Notes the number of a status post's author for the receipt, if the number is known. */
  async nameAuthor(author: string, number: string | undefined): Promise<void> {
    if (isLidUser(author)) this.parts.authors.note(author, number ?? (await this.numberOf(author)));
  }

  /** Resolves to the namespace in which this account addresses direct messages. */
  namespace(): Promise<Namespace> {
    return this.parts.namespace();
  }

  /**
   * Resolves to the LIDs of jids, in the same order, with `null` where WhatsApp has none. Unknown LIDs are queried together, regardless of the look-up limit:
   * nobody is left out because of other people in the list. Throws if WhatsApp did not answer.
   */
  async lids(jids: readonly string[]): Promise<(string | null)[]> {
    const known = await Promise.all(jids.map(async jid => (isPnUser(jid) ? this.lidOf(jid) : jid)));
    const missing = jids.filter((_jid, at) => known[at] === null);
    if (missing.length === 0) return known;
    const found = await this.asked(missing, { overdraw: true });
    const byJid = new Map(missing.map((jid, at) => [jid, found[at] ?? null]));
    return jids.map((jid, at) => known[at] ?? byJid.get(jid) ?? null);
  }

  /**
   * Queries the new LID after WhatsApp reported a LID as stale because its number belongs to a new account (`refresh_lid`), and emits the new pair. Like
   * WhatsApp's own client, it does so once per number and connection, and never without a known number (whatsapp-rust PR 1313). Resolves to whether the LID
   * was replaced; never rejects.
   */
  async refresh(lid: string): Promise<boolean> {
    try {
      const number = isLidUser(lid) ? await this.numberOf(lid) : null;
      if (number === null || this.refreshed.has(number)) return number !== null && (await this.lidOf(number)) !== lid;
      this.refreshed.add(number);
      this.parts.contacts.forget(userOf(number));
      const current = await this.ask(number);
      return current !== null && current !== lid;
    } catch (err) {
      this.parts.logger.warn({ err }, 'failed to look up the new lid of a contact');
      return false;
    }
  }

  private lidOf(number: string): Promise<string | null> {
    return storedLid(this.parts.socket.authState.keys, number);
  }

  private numberOf(lid: string): Promise<string | null> {
    return storedNumber(this.parts.socket.authState.keys, lid);
  }

  /** Queries WhatsApp for the LID of a number (a jid); `null` if WhatsApp has none. Throws `WabusError`. */
  private async ask(number: string): Promise<string | null> {
    const [lid = null] = await this.asked([number]);
    return lid;
  }

  private async asked(numbers: readonly string[], how?: { overdraw: boolean }): Promise<(string | null)[]> {
    try {
      const found = await this.parts.contacts.find(numbers.map(userOf), how);
      return found.map(({ lid }) => lid);
    } catch (error) {
      const mapped = mapWhatsAppError(error);
      // A timeout would leave open whether the message was sent; it was not.
      throw mapped.code === 'TIMEOUT' ? new WabusError('NOT_CONNECTED', { message: NO_ANSWER, cause: error }) : mapped;
    }
  }
}

const userOf = (number: string): string => jidDecode(number)!.user;

const NO_ANSWER = 'WhatsApp did not return the LID of the number. Nothing was sent.';

/** Whether a jid is that of a person, without a device part; bots and WhatsApp itself are not contacts. */
function isContact(jid: string): boolean {
  return (isLidUser(jid) === true || isPnUser(jid) === true) && jid !== '0@s.whatsapp.net' && jidDecode(jid)?.device === undefined;
}

function unknownAddress(missing: Namespace): WabusError {
  const message =
    missing === 'lid'
      ? 'This account addresses contacts by LID, and WhatsApp has no LID for this number. Check the number.'
      : 'This account addresses contacts by number, and the number of this LID is unknown. Send to the number instead.';
  return new WabusError('ADDRESS_UNKNOWN', { message, details: { missing } });
}
