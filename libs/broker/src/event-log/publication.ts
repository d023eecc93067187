import { encodeEventHeaders, eventSubject, type EventFacts, type EventName, type SessionId, type WabusError } from '@wabus/contracts';
import { nuid, type MsgHdrs } from '@nats-io/transport-node';
import { encodedHeaders, headerLines } from '../streams/encoded-headers.codec.js';
import type { Published } from './event-log.types.js';

/** The origin of a publication. */
interface PublicationOrigin {
  /** The turn of the event loop: all events that one stanza causes have the same turn. */
  readonly turn: number;
  /** Cancels the publication before its acknowledgement. */
  readonly signal?: AbortSignal | undefined;
}

/** An event on its way into the log. */
export class Publication {
  readonly settled: Promise<Published>;
  readonly subject: string;
  readonly turn: number;
  readonly signal: AbortSignal | undefined;
  /** Size including headers, with room for the headers that the server adds. */
  readonly bytes: number;
  isSettled = false;
  /** Set after the log has refused the batch of this event: it is then sent alone and gets its own answer. */
  isSingle = false;
  /** Events of one family keep their order: a message, its edits and reactions. */
  readonly family: string;
  private readonly lines: string;
  private resolve: (published: Published) => void = () => undefined;
  private reject: (error: WabusError) => void = () => undefined;

  constructor(
    private readonly facts: EventFacts,
    readonly data: Uint8Array,
    { turn, signal }: PublicationOrigin = { turn: 0 }
  ) {
    this.turn = turn;
    this.signal = signal;
    this.subject = eventSubject(facts.session, facts.event);
    [this.family = ''] = facts.event.split('.', 1);
    this.lines = headerLines(encodeEventHeaders(facts));
    this.bytes = Buffer.byteLength(this.lines) + 64 + data.length;
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get session(): SessionId {
    return this.facts.session;
  }

  get id(): string {
    return this.facts.id;
  }

  get event(): EventName {
    return this.facts.event;
  }

  /** Returns the headers of one attempt. */
  header(further: readonly (readonly [name: string, value: string])[] = []): MsgHdrs {
    return encodedHeaders(this.lines + headerLines(further));
  }

  succeed(published: Published): void {
    this.isSettled = true;
    this.resolve(published);
  }

  fail(error: WabusError): void {
    this.isSettled = true;
    this.reject(error);
  }
}

/** Headers of an atomic batch (ADR-50 of NATS): the log stores all of its messages or none, in order and with nothing between them. */
export const BATCH_HEADERS = { id: 'Nats-Batch-Id', sequence: 'Nats-Batch-Sequence', commit: 'Nats-Batch-Commit' } as const;

/** Events that Baileys emits together with a message, for the same stanza. */
const COMPANIONS: ReadonlySet<EventName> = new Set<EventName>([
  'chats.upsert',
  'chats.update',
  'contacts.upsert',
  'contacts.update',
  'lid-mapping.update'
]);

/**
 * Moves a message behind its companions.
 * After a crash, the inbox journal repeats a stanza unless the log has its message; since the companions were sent before, the log then has them too.
 */
function messageLast(publications: readonly Publication[]): readonly Publication[] {
  const at = publications.findIndex(({ event }) => event === 'messages.upsert');
  if (at < 0) return publications;
  const rest = publications.slice(at + 1);
  const end = rest.findIndex(({ event }) => !COMPANIONS.has(event));
  const companions = end < 0 ? rest : rest.slice(0, end);
  return [...publications.slice(0, at), ...companions, publications[at]!, ...rest.slice(companions.length)];
}

/**
 * Up to this number, single messages cost a server less than a batch, which has files of its own that the server must sync.
 * A batch is used only if a full step waits.
 */
export const MAX_PIPELINED = 7;

/** One outgoing message. */
export interface PublicationMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly header: MsgHdrs;
  /** The publications that its answer settles; empty for every message of a batch except the last. */
  readonly answers: readonly Publication[];
}

/** Publications of one session that are in flight together: many as one atomic batch, few as pipelined single messages. */
export class PublicationGroup {
  failures = 0;
  /** Time of the first attempt by the monotonic clock in ms; `null` before it. */
  firstSentAt: number | null = null;
  /** Number of answers still awaited. */
  awaited = 0;
  /** Why a part of the group has to be sent again. */
  trouble: unknown = null;
  /** The batch ids of all attempts: a stored message with one of them proves that the whole batch is stored. */
  readonly attempts = new Set<string>();
  readonly publications: readonly Publication[];
  private readonly isBatch: boolean;

  constructor(publications: readonly Publication[]) {
    this.isBatch = publications.length > MAX_PIPELINED;
    this.publications = this.isBatch ? publications : messageLast(publications);
  }

  get session(): SessionId {
    return this.publications[0]!.session;
  }

  /** The publications that are still pending. */
  get open(): Publication[] {
    return this.publications.filter(({ isSettled }) => !isSettled);
  }

  /** Returns whether these publications are sent as one atomic batch. */
  isAtomic(sent: readonly Publication[]): boolean {
    return this.isBatch && sent.length > 1;
  }

  /** Creates the messages for another attempt at some of its publications. */
  attempt(sent: readonly Publication[]): PublicationMessage[] {
    const id = this.isAtomic(sent) ? nuid.next() : null;
    if (id !== null) this.attempts.add(id);
    return sent.map((publication, index) => {
      const { subject, data } = publication;
      if (id === null) return { subject, data, header: publication.header(), answers: [publication] };
      const isLast = index === sent.length - 1;
      const place: [string, string][] = [
        [BATCH_HEADERS.id, id],
        [BATCH_HEADERS.sequence, String(index + 1)],
        ...(isLast ? [[BATCH_HEADERS.commit, '1'] as [string, string]] : [])
      ];
      return { subject, data, header: publication.header(place), answers: isLast ? sent : [] };
    });
  }
}
