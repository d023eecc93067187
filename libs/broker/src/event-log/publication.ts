import { encodeEventHeaders, eventSubject, type EventFacts, type EventName, type SessionId, type WabusError } from '@wabus/contracts';
import { nuid, type MsgHdrs } from '@nats-io/transport-node';
import { encodedHeaders, headerLines } from '../streams/encoded-headers.codec.js';
import type { Published } from './event-log.types.js';

/** How an event was published. */
interface PublicationOrigin {
  /** Of the event loop: what one stanza brings about has the same one. */
  readonly turn: number;
  /** Ends it before its acknowledgement. */
  readonly signal?: AbortSignal | undefined;
}

/** An event on its way into the log. */
export class Publication {
  readonly settled: Promise<Published>;
  readonly subject: string;
  readonly turn: number;
  readonly signal: AbortSignal | undefined;
  /** With its headers, with room for what the server adds. */
  readonly bytes: number;
  isSettled = false;
  /** It was in a batch that the log refused: it goes alone, so that it gets an answer of its own. */
  isSingle = false;
  /** Events of one family never change places: a message, its edits and reactions. */
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

  /** The headers of one attempt. */
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

/** Headers of an atomic batch (ADR-50 of NATS): the log stores all of its messages or none, in their order, with nothing between them. */
export const BATCH_HEADERS = { id: 'Nats-Batch-Id', sequence: 'Nats-Batch-Sequence', commit: 'Nats-Batch-Commit' } as const;

/** What Baileys emits beside a message, of the same stanza. */
const COMPANIONS: ReadonlySet<EventName> = new Set<EventName>([
  'chats.upsert',
  'chats.update',
  'contacts.upsert',
  'contacts.update',
  'lid-mapping.update'
]);

/**
 * A message behind the companions that follow it. After a crash the inbox journal repeats a stanza unless the log has its message: then the companions, which were
 * sent before, are there too.
 */
function messageLast(publications: readonly Publication[]): readonly Publication[] {
  const at = publications.findIndex(({ event }) => event === 'messages.upsert');
  if (at < 0) return publications;
  const rest = publications.slice(at + 1);
  const end = rest.findIndex(({ event }) => !COMPANIONS.has(event));
  const companions = end < 0 ? rest : rest.slice(0, end);
  return [...publications.slice(0, at), ...companions, publications[at]!, ...rest.slice(companions.length)];
}

/** So many single messages are cheaper for a server than one batch. More go as one only when a whole step waits: a batch has files of its own, which it waits for. */
export const MAX_PIPELINED = 7;

/** What goes out for one publication. */
export interface PublicationMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly header: MsgHdrs;
  /** What its answer stands for; none for a part of a batch that is not the last. */
  readonly answers: readonly Publication[];
}

/** Publications of one session that are under way together: many as an atomic batch, few as single messages one behind the other. */
export class PublicationGroup {
  failures = 0;
  /** When it was sent first, by the monotonic clock in ms; `null` before. */
  firstSentAt: number | null = null;
  /** Answers that are awaited. */
  awaited = 0;
  /** Why something of it has to be sent again. */
  trouble: unknown = null;
  /** The batch ids under which it was sent: a stored message that has one of them proves that all of the batch is stored. */
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

  /** Those that somebody still waits for. */
  get open(): Publication[] {
    return this.publications.filter(({ isSettled }) => !isSettled);
  }

  /** Whether these of it go as one atomic batch. */
  isAtomic(sent: readonly Publication[]): boolean {
    return this.isBatch && sent.length > 1;
  }

  /** The messages that send some of its publications once more. */
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
