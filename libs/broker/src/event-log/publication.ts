import { encodeEventHeaders, eventSubject, type EventFacts, type SessionId, type WabusError } from '@wabus/contracts';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { Published } from './event-log.js';

/** An event on its way into the log. */
export class Publication {
  readonly settled: Promise<Published>;
  readonly subject: string;
  /** With its headers, with room for what the server adds. */
  readonly bytes: number;
  isSettled = false;
  /** It was in a batch that the log refused: it goes by itself, so that its own answer is heard. */
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
