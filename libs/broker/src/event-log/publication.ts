import { encodeEventHeaders, eventSubject, type EventFacts, type SessionId, type WabusError } from '@wabus/contracts';
import { headers, nuid, type MsgHdrs } from '@nats-io/transport-node';
import type { Published } from './event-log.types.js';

/** An event on its way into the log. */
export class Publication {
  readonly settled: Promise<Published>;
  readonly subject: string;
  /** With its headers, with room for what the server adds. */
  readonly bytes: number;
  isSettled = false;
  /** It was in a batch that the log refused: it goes alone, so that it gets an answer of its own. */
  isSingle = false;
  private readonly headers: [name: string, value: string][];
  private resolve: (published: Published) => void = () => undefined;
  private reject: (error: WabusError) => void = () => undefined;

  constructor(
    private readonly facts: EventFacts,
    readonly data: Uint8Array
  ) {
    this.subject = eventSubject(facts.session, facts.event);
    this.headers = encodeEventHeaders(facts);
    this.bytes = this.headers.reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value) + 4, 64 + data.length);
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

  /** The headers of one attempt. */
  header(): MsgHdrs {
    const header = headers();
    for (const [name, value] of this.headers) header.set(name, value);
    return header;
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

/** What goes out for one publication. */
export interface PublicationMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly header: MsgHdrs;
  /** Its answer stands for the whole batch. */
  readonly isLast: boolean;
}

/** Publications of one session that are under way together. */
export class PublicationBatch {
  failures = 0;
  /** When it was sent first, by the monotonic clock in ms; `null` before. */
  firstSentAt: number | null = null;
  /** The batch ids under which it was sent: a stored message that has one of them proves that all of the batch is stored. */
  readonly attempts = new Set<string>();

  constructor(readonly publications: readonly Publication[]) {}

  get session(): SessionId {
    return this.publications[0]!.session;
  }

  /** Those that somebody still waits for. */
  get open(): Publication[] {
    return this.publications.filter(({ isSettled }) => !isSettled);
  }

  /** The messages that send some of its publications once more, as one atomic batch when there are several. */
  attempt(sent: readonly Publication[]): PublicationMessage[] {
    const id = sent.length > 1 ? nuid.next() : null;
    if (id !== null) this.attempts.add(id);
    return sent.map((publication, index) => {
      const { subject, data } = publication;
      const isLast = index === sent.length - 1;
      const header = publication.header();
      if (id !== null) {
        header.set(BATCH_HEADERS.id, id);
        header.set(BATCH_HEADERS.sequence, String(index + 1));
        if (isLast) header.set(BATCH_HEADERS.commit, '1');
      }
      return { subject, data, header, isLast };
    });
  }

  get isSettled(): boolean {
    return this.publications.every(({ isSettled }) => isSettled);
  }
}
