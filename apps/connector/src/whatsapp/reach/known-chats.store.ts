import { createHash } from 'node:crypto';
import { earliestNow } from '@wabus/contracts';
import { BoundedCache } from '../bounded.cache.js';

const TYPE = 'known-chats';
const BEGUN = 'begun';
const CHUNKS = 64;
const NAME_BYTES = 8;
const DAY_MS = 24 * 3_600_000;
/** The number of known chats in memory, which need no read. */
const IN_MEMORY = 2_000;

/** The records of a session, with the methods of Baileys' stores. */
export interface ChatRecords {
  get(type: string, ids: string[]): Promise<Record<string, unknown>>;
  set(changes: Record<string, Record<string, unknown>>): Promise<void>;
}

type Begun = readonly (readonly [name: string, at: number])[];

/** Whether a new chat may start. If not, `freeAt` is when a day has passed since an earlier one, in milliseconds since 1970. */
export type ChatBeginning = { readonly may: true } | { readonly may: false; readonly freeAt: number };

/**
 * The people with whom an account has a chat, and the chats that it has started within a day. They are stored in the auth state, so that a takeover changes
 * nothing, as short hashes in chunks, since a chat is added once and looked up often. A person may have several jids; any of them identifies the chat.
 */
export class KnownChats {
  private readonly sure = new BoundedCache<string, true>({ max: IN_MEMORY });
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly records: ChatRecords) {}

  async has(jids: readonly string[]): Promise<boolean> {
    if (jids.some(jid => this.sure.has(jid))) return true;
    const names = jids.map(nameOf);
    const chunks = await this.read(names.map(chunkOf));
    const known = jids.find((_jid, i) => chunks.get(chunkOf(names[i]!))?.has(names[i]!));
    if (known !== undefined) this.sure.set(known, true);
    return known !== undefined;
  }

  /** Adds people. Resolves once they are on disk. */
  add(jids: readonly string[]): Promise<void> {
    // This is called for each message, so only jids that are not in memory are hashed.
    const unsure = jids.filter(jid => !this.sure.has(jid));
    if (unsure.length === 0) return Promise.resolve();
    const names = [...new Set(unsure.map(nameOf))];
    return this.inTurn(async () => {
      const chunks = await this.read(names.map(chunkOf));
      const changed = new Map<string, Set<string>>();
      for (const name of names) {
        const id = chunkOf(name);
        const chunk = chunks.get(id)!;
        if (!chunk.has(name)) changed.set(id, chunk.add(name));
      }
      if (changed.size > 0) await this.records.set({ [TYPE]: Object.fromEntries([...changed].map(([id, chunk]) => [id, packed(chunk)])) });
      for (const jid of unsure) this.sure.set(jid, true);
    });
  }

  /** Starts a chat with a new person, unless `limit` chats were started within a day. A person counts once. Resolves once the chat is on disk. */
  begin(jids: readonly string[], limit: number, now = earliestNow()): Promise<ChatBeginning> {
    return this.inTurn(async () => {
      const names = jids.map(nameOf);
      const stored = ((await this.records.get(TYPE, [BEGUN]))[BEGUN] ?? []) as Begun;
      const recent = stored.filter(([, at]) => at > now - DAY_MS);
      if (recent.some(([name]) => names.includes(name))) return { may: true };
      if (recent.length >= limit) return { may: false, freeAt: recent[recent.length - limit]![1] + DAY_MS };
      await this.records.set({ [TYPE]: { [BEGUN]: [...recent, [names[0]!, now]] } });
      return { may: true };
    });
  }

  private async read(ids: readonly string[]): Promise<Map<string, Set<string>>> {
    const stored = await this.records.get(TYPE, [...new Set(ids)]);
    return new Map(ids.map(id => [id, unpacked(stored[id])]));
  }

  /** Runs steps one after another, since each reads records and writes them back. */
  private inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = this.turn.then(step);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

function nameOf(jid: string): string {
  return createHash('sha256').update(jid).digest().subarray(0, NAME_BYTES).toString('hex');
}

function chunkOf(name: string): string {
  return String(Number.parseInt(name.slice(0, 2), 16) % CHUNKS);
}

function packed(names: ReadonlySet<string>): Buffer {
  return Buffer.from([...names].join(''), 'hex');
}

function unpacked(value: unknown): Set<string> {
  const text = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : '';
  const length = 2 * NAME_BYTES;
  return new Set(Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length)));
}
