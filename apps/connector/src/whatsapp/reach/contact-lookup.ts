import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, isLidUser, jidNormalizedUser } from '../baileys.js';
import { usyncQuery } from '../queries/usync.query.js';
import { learnLids } from '../signal/stored-lids.js';
import type { Contact, LookupMemory } from './lookup-memory.js';
import { otherSpellings } from './number-spelling.policy.js';

/** The maximum number of users in one query. */
const BATCH = 50;
/** The attributes of the protocols in a query. */
const DETAILS: Readonly<Record<string, Record<string, string>>> = { devices: { version: '2' } };
const NOBODY: Contact = { exists: false, jid: null, lid: null };

/**
 * Queries WhatsApp for the owners of phone numbers and LIDs (`usync`). Answers are cached, concurrent look-ups of a number share one query, and a session has a
 * limit of look-ups in an hour. A query includes the other spellings of a number. Methods throw `RATE_LIMITED` and the errors of Baileys' `query`.
 */
export class ContactLookup {
  private readonly asking = new Map<string, Promise<Contact>>();

  constructor(
    private readonly socket: Pick<WASocket, 'query' | 'generateMessageTag' | 'signalRepository' | 'authState' | 'ev'>,
    private readonly memory: LookupMemory
  ) {}

  /**
   * Looks up the digits of phone numbers and LID jids; resolves to the contacts in the same order. `overdraw` ignores the limit, for requests that must not
   * fail because of it: a status post to a list of numbers, each of which is queried once a day.
   */
  async find(asked: readonly string[], { overdraw = false }: { overdraw?: boolean } = {}): Promise<Contact[]> {
    const missing = [...new Set(asked)].filter(each => !this.memory.get(each) && !this.asking.has(each));
    if (missing.length > 0) {
      const count = missing.flatMap(each => [each, ...spellings(each)]).length;
      if (overdraw) this.memory.overdraw(count);
      else this.memory.take(count);
      for (let from = 0; from < missing.length; from += BATCH) this.begin(missing.slice(from, from + BATCH));
    }
    return Promise.all(asked.map(async each => this.memory.get(each) ?? this.asking.get(each)!));
  }

  /** Forgets the cached answer for a number, so that the next look-up queries WhatsApp. */
  forget(asked: string): void {
    this.memory.forget(asked);
  }

  private begin(batch: readonly string[]): void {
    const found = this.ask(batch);
    for (const each of batch) {
      const contact = found.then(answers => answers.get(each) ?? NOBODY);
      this.asking.set(each, contact);
      contact
        .then(answer => this.memory.set(each, answer))
        .catch(() => undefined)
        .finally(() => this.asking.delete(each));
    }
  }

  private async ask(batch: readonly string[]): Promise<Map<string, Contact>> {
    const lids = batch.filter(each => isLidUser(each));
    const numbers = batch.filter(each => !isLidUser(each));
    const [known, byLid] = await Promise.all([this.askNumbers(numbers), this.askLids(lids)]);
    return new Map([...known, ...byLid]);
  }

  private async askNumbers(numbers: readonly string[]): Promise<[string, Contact][]> {
    const written = [...new Set(numbers.flatMap(number => [number, ...spellings(number)]))];
    if (written.length === 0) return [];
    // Without `+`, WhatsApp interprets the number in the account's own country (zapo c3d8eb0).
    const users = await this.query(
      ['contact', 'lid'],
      written.map(number => ({ tag: 'user', attrs: {}, content: [{ tag: 'contact', attrs: {}, content: `+${number}` }] }))
    );
    const answers = new Map<string, Contact>();
    for (const [at, user] of users.entries()) {
      const contact = getBinaryNodeChild(user, 'contact');
      // The answer may contain a jid other than the requested one, or none; it repeats the requested number (zapo 12c3827).
      const number = textOf(contact)?.replace(/^\+/, '') ?? numberIn(user.attrs['jid']) ?? written[at];
      if (number === undefined || contact?.attrs['type'] !== 'in') continue;
      const lid = getBinaryNodeChild(user, 'lid')?.attrs['val'] ?? null;
      answers.set(number, { exists: true, jid: user.attrs['jid'] ?? `${number}@s.whatsapp.net`, lid });
    }
    await learnLids(
      this.socket,
      [...answers.values()].flatMap(({ jid, lid }) => (jid !== null && lid !== null ? [{ pn: jid, lid }] : []))
    );
    return numbers.map(number => {
      const found = [number, ...spellings(number)].map(each => answers.get(each)).find(each => each !== undefined);
      return [number, found ?? NOBODY];
    });
  }

  /** Looks up LIDs by their devices: WhatsApp returns no device list for a LID that nobody has. */
  private async askLids(lids: readonly string[]): Promise<[string, Contact][]> {
    if (lids.length === 0) return [];
    const users = await this.query(
      ['devices'],
      lids.map(jid => ({ tag: 'user', attrs: { jid } }))
    );
    return users.flatMap(user => {
      const jid = user.attrs['jid'];
      if (jid === undefined) return [];
      const exists = getBinaryNodeChild(getBinaryNodeChild(user, 'devices'), 'device-list') !== undefined;
      return [[jidNormalizedUser(jid), exists ? { exists, jid: null, lid: jidNormalizedUser(jid) } : NOBODY]];
    });
  }

  private query(protocols: readonly string[], users: BinaryNode[]): Promise<BinaryNode[]> {
    const asked = protocols.map(tag => ({ tag, attrs: DETAILS[tag] ?? {} }));
    return usyncQuery(this.socket, asked, users);
  }
}

const spellings = (asked: string): string[] => (isLidUser(asked) ? [] : otherSpellings(asked));

const userOf = (jid: string): string => jid.split(/[:@]/)[0]!;

const numberIn = (jid: string | undefined): string | undefined => (jid === undefined ? undefined : userOf(jid));

function textOf(node: BinaryNode | undefined): string | undefined {
  const content = node?.content;
  if (typeof content === 'string') return content === '' ? undefined : content;
  return content instanceof Uint8Array && content.length > 0 ? Buffer.from(content).toString('utf8') : undefined;
}
