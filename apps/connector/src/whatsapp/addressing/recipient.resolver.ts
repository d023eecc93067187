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
  /** Asks WhatsApp, with the memory and the limit that all look-ups of the session share. */
  readonly contacts: Pick<ContactLookup, 'find' | 'forget'>;
  readonly namespace: () => Promise<Namespace>;
  readonly authors: PostAuthors;
  readonly logger: Logger;
}

/** A chat as a message reaches it. */
export interface Recipient {
  /** Where stanzas go. */
  readonly jid: string;
  /** As the caller wrote it. */
  readonly asked: string;
  /** The same contact in the other namespace than `asked`; `null`: not known, or no contact. */
  readonly alternate: string | null;
  /** The number that goes along with a LID, so that phones do not show an unknown user (zapo 4899aad). */
  readonly number: string | null;
}

/** Finds under which jid a contact is written to by this account: from the map of LIDs that Baileys keeps with the credentials, else from WhatsApp. */
export class RecipientResolver {
  /** Numbers whose LID was asked for because WhatsApp called it stale. */
  private readonly refreshed = new Set<string>();

  constructor(private readonly parts: RecipientResolverParts) {}

  /**
   * Where a message to `jid` goes; groups, channels, devices and the like as they are.
   * Throws `ADDRESS_UNKNOWN` and `LID_REPLACED`, `RATE_LIMITED` when too many numbers were looked up, and `NOT_CONNECTED` when WhatsApp did not answer:
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

  /** Where `jid` is reached as far as the session knows, without a question to WhatsApp and without a refusal. For receipts. */
  async known(jid: string): Promise<string> {
    if (!isContact(jid)) return jid;
    const namespace = await this.parts.namespace();
    const isLid = isLidUser(jid);
    if ((namespace === 'lid') === Boolean(isLid)) return jid;
    return (isLid ? await this.numberOf(jid) : await this.lidOf(jid)) ?? jid;
  }

  /** Makes the number of the author of a status post ready for the receipt, where the session knows it. */
  async nameAuthor(author: string, number: string | undefined): Promise<void> {
    if (isLidUser(author)) this.parts.authors.note(author, number ?? (await this.numberOf(author)));
  }

  /** What direct messages of this account are addressed by. */
  namespace(): Promise<Namespace> {
    return this.parts.namespace();
  }

  /**
   * The LIDs of jids, in their order; `null` where WhatsApp names none. Those that are not known are asked for together and whatever the limit of look-ups: nobody is left out of a list because of
   * others in it. Throws when WhatsApp did not answer.
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
   * WhatsApp says that a LID is stale: the number belongs to a new account (`refresh_lid`). Learns the new one and emits it, once per number and connection, and not at all where no
   * number is known, as WhatsApp's own client does (whatsapp-rust PR 1313). Settles with whether the LID is replaced; never rejects.
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

  /** Asks WhatsApp for the LID of a number (a jid); `null` when it has none to name. Throws `WabusError`. */
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
      // Nothing was sent, which a timeout would leave open.
      throw mapped.code === 'TIMEOUT' ? new WabusError('NOT_CONNECTED', { message: NO_ANSWER, cause: error }) : mapped;
    }
  }
}

const userOf = (number: string): string => jidDecode(number)!.user;

const NO_ANSWER = 'WhatsApp did not return the LID of the number. Nothing was sent.';

/** A person without a device; neither bots nor WhatsApp itself. */
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
