import { createHash } from 'node:crypto';
import { earliestNow } from '@wabus/contracts';
import { RecordRing, type ChunkRecords, type RingShape } from '../../auth-state/record-ring.js';
import { SECRET_BYTES } from './message-secret.codec.js';

const DAY_MS = 24 * 3_600_000;
const NAME_BYTES = 8;
const RECORD_BYTES = NAME_BYTES + SECRET_BYTES;

/** The poll data that is needed to count votes. */
export interface PollFacts {
  readonly name: string;
  readonly options: readonly string[];
}

/** The secret of a message, with its poll data if it is a poll. */
export interface KnownSecret {
  readonly secret: Uint8Array;
  readonly poll: PollFacts | null;
}

interface PlainRecord {
  /** The name of the message: a hash of its id. */
  readonly name: string;
  readonly secret: string;
}

interface QuestionRecord extends PlainRecord {
  readonly poll: PollFacts | null;
}

/** The secrets of all other messages: edits arrive within minutes, reactions and comments within days. */
const PLAIN: RingShape<PlainRecord> = {
  type: 'secret',
  chunks: 17,
  perChunk: 256,
  lifetimeMs: 30 * DAY_MS,
  pack: records => Buffer.from(records.map(({ name, secret }) => name + secret).join(''), 'latin1'),
  unpack: packed => {
    const bytes = Buffer.from(packed);
    return Array.from({ length: Math.floor(bytes.length / RECORD_BYTES) }, (_, i) => {
      const record = bytes.subarray(i * RECORD_BYTES, (i + 1) * RECORD_BYTES);
      return { name: record.toString('latin1', 0, NAME_BYTES), secret: record.toString('latin1', NAME_BYTES) };
    });
  }
};

/** The secrets of polls and events, which get answers for longer. */
const QUESTIONS: RingShape<QuestionRecord> = {
  type: 'question-secret',
  chunks: 17,
  perChunk: 64,
  lifetimeMs: 180 * DAY_MS,
  pack: records => Buffer.from(JSON.stringify(records)),
  unpack: packed => JSON.parse(Buffer.from(packed).toString()) as QuestionRecord[]
};

/** The secret data of one message. */
export interface LearnedSecret {
  readonly id: string;
  readonly secret: Uint8Array;
  /** Whether it is a poll or an event, whose secrets are stored separately. */
  readonly isQuestion: boolean;
  readonly poll: PollFacts | null;
}

/**
 * The secrets of a session's messages, with which edits, votes, answers, reactions and comments are encrypted. They are encrypted with the auth state and found
 * by message id alone: a part can refer to people by number or LID, and a wrong secret decrypts nothing. If several people use one id, it has several secrets.
 */
export class MessageSecrets {
  private readonly plain: RecordRing<PlainRecord>;
  private readonly questions: RecordRing<QuestionRecord>;
  private readonly known = new Map<string, QuestionRecord[]>();

  /** @param maxUnstored the number of secrets at which they are stored; fewer may be in memory only */
  constructor(
    auth: ChunkRecords,
    private readonly maxUnstored: number
  ) {
    this.plain = new RecordRing(auth, PLAIN);
    this.questions = new RecordRing(auth, QUESTIONS);
  }

  /** Reads the stored secrets. Throws like `AuthState`. */
  async load(now = earliestNow()): Promise<void> {
    const [plain, questions] = await Promise.all([this.plain.load(now), this.questions.load(now)]);
    this.known.clear();
    for (const record of plain) this.remember({ ...record, poll: null });
    for (const record of questions) this.remember(record);
  }

  /** Resolves to all stored secrets, for another installation. */
  static async stored(auth: Pick<ChunkRecords, 'listKeys'>, now = earliestNow()): Promise<LearnedSecret[]> {
    const reading: ChunkRecords = { listKeys: type => auth.listKeys(type), writeKeys: () => Promise.resolve() };
    const [plain, questions] = await Promise.all([new RecordRing(reading, PLAIN).load(now), new RecordRing(reading, QUESTIONS).load(now)]);
    const named = ({ name, secret }: PlainRecord) => ({
      id: `${NAMED}${Buffer.from(name, 'latin1').toString('base64url')}`,
      secret: Buffer.from(secret, 'latin1')
    });
    return [
      ...plain.map(record => ({ ...named(record), isQuestion: false, poll: null })),
      ...questions.map(record => ({ ...named(record), isQuestion: true, poll: record.poll }))
    ];
  }

  find(id: string): KnownSecret[] {
    return (this.known.get(nameOf(id)) ?? []).map(({ secret, poll }) => ({ secret: Buffer.from(secret, 'latin1'), poll }));
  }

  /** Adds secrets. Resolves once they are on disk, or if fewer than `maxUnstored` are in memory only. Throws like `AuthState`. */
  async learn(learned: readonly LearnedSecret[], now = earliestNow()): Promise<void> {
    for (const { id, secret, isQuestion, poll } of learned) {
      const record = { name: nameOf(id), secret: Buffer.from(secret).toString('latin1'), poll };
      if (secret.length !== SECRET_BYTES || this.isKnown(record)) continue;
      this.remember(record);
      const { name } = record;
      const forgotten = isQuestion ? this.questions.add(record, now) : this.plain.add({ name, secret: record.secret }, now);
      for (const each of forgotten) this.forgetOne(each);
    }
    await Promise.all([
      this.questions.unstored > 0 ? this.questions.store() : undefined,
      this.plain.unstored >= this.maxUnstored ? this.plain.store() : undefined
    ]);
  }

  /** Stores the secrets that are in memory only. Throws like `AuthState`. */
  async store(): Promise<void> {
    await Promise.all([this.plain.store(), this.questions.store()]);
  }

  private remember(record: QuestionRecord): void {
    const same = this.known.get(record.name);
    if (same) same.push(record);
    else this.known.set(record.name, [record]);
  }

  private isKnown({ name, secret }: PlainRecord): boolean {
    return this.known.get(name)?.some(each => each.secret === secret) ?? false;
  }

  private forgetOne({ name, secret }: PlainRecord): void {
    const left = this.known.get(name)?.filter(each => each.secret !== secret) ?? [];
    if (left.length > 0) this.known.set(name, left);
    else this.known.delete(name);
  }
}

/** The prefix of an id that consists of the stored name, because the message id itself is not stored. */
const NAMED = 'sha256:';

function nameOf(id: string): string {
  if (id.startsWith(NAMED)) return Buffer.from(id.slice(NAMED.length), 'base64url').toString('latin1', 0, NAME_BYTES);
  return createHash('sha256').update(id).digest().toString('latin1', 0, NAME_BYTES);
}
