import { headers, type Msg } from '@nats-io/transport-node';
import { encodeEventHeaders, EVENT_HEADERS, EVENT_STREAM, eventSubject, WabusError, type EventFacts } from '@wabus/contracts';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import type { Published } from './event-log.js';
import { Publication } from './publication.js';
import { PublicationQueue } from './publication.queue.js';
import { StructuredLogger } from '../logging/structured.logger.js';

const SWEEP_MS = 250;

export interface PublisherSettings {
  readonly maxInFlight: number;
  /** How long the stream recognises an id by itself. */
  readonly duplicateWindowMs: number;
}

/** What the stream answers with. */
interface Acknowledgement {
  seq?: number;
  duplicate?: boolean;
  error?: { code: number; err_code: number; description: string };
}

/**
 * Publishes into the event stream over one inbox for all acknowledgements, which costs a third of a request for each.
 * Sent again until acknowledged: what is not acknowledged may be stored, and the id keeps it single.
 */
export class EventPublisher {
  private readonly logger = new StructuredLogger('EventLog');
  private readonly queue = new PublicationQueue();
  private readonly inbox: string;
  private readonly underWay = new Map<number, { publication: Publication; sentAt: number }>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly forgetConnection: () => void;
  private nextToken = 1;
  private inFlight = 0;
  private failing = false;
  private closed = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly settings: PublisherSettings
  ) {
    const { client } = connection;
    this.inbox = connection.createInbox();
    client.subscribe(`${this.inbox}.*`, { callback: (error, message) => (error ? undefined : this.receive(message)) });
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.sweeper.unref();
    // What was sent over a connection that is gone gets no answer any more.
    this.forgetConnection = connection.onChange(connected => (connected ? undefined : this.giveUpBefore(Infinity)));
  }

  publish(facts: EventFacts, body: string, signal?: AbortSignal): Promise<Published> {
    if (this.closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(abortedError());
    const header = headers();
    for (const [name, value] of encodeEventHeaders(facts)) header.set(name, value);
    const data = new TextEncoder().encode(body);
    const limit = this.connection.maxMessageBytes;
    const size = data.length + encodedBytes(facts);
    if (size > limit) {
      return Promise.reject(
        new WabusError('PAYLOAD_TOO_LARGE', { message: `The event has ${size} bytes; NATS takes ${limit}.`, details: { size, limit } })
      );
    }
    const publication = new Publication(facts.session, facts.id, {
      subject: eventSubject(facts.session, facts.event),
      data,
      headers: header
    });
    this.queue.add(publication);
    this.fill();
    return signal === undefined ? publication.settled : this.untilAborted(publication, signal);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.sweeper);
    this.forgetConnection();
    this.underWay.clear();
    for (const publication of this.queue.clear()) publication.fail(closedError());
  }

  private async untilAborted(publication: Publication, signal: AbortSignal): Promise<Published> {
    const abort = (): void => this.finish(publication, () => publication.fail(abortedError()));
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await publication.settled;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  private fill(): void {
    while (this.inFlight < this.settings.maxInFlight && !this.closed) {
      const publication = this.queue.take();
      if (publication === null) return;
      publication.isUnderWay = true;
      this.inFlight++;
      this.send(publication);
    }
  }

  private send(publication: Publication): void {
    if (!this.connection.isConnected) return this.retryLater(publication, 'there is no connection');
    const token = this.nextToken++;
    const now = performance.now();
    publication.firstSentAt ??= now;
    this.underWay.set(token, { publication, sentAt: now });
    const { subject, data, headers: header } = publication.message;
    try {
      this.connection.client.publish(subject, data, { headers: header, reply: `${this.inbox}.${token}` });
    } catch (error) {
      this.underWay.delete(token);
      this.retryLater(publication, error);
    }
  }

  private receive(message: Msg): void {
    const token = Number(message.subject.slice(this.inbox.length + 1));
    const publication = this.underWay.get(token)?.publication;
    this.underWay.delete(token);
    if (!publication || publication.isSettled) return;
    const acknowledgement = readAcknowledgement(message);
    if (acknowledgement?.seq !== undefined && !acknowledgement.error) {
      this.accept(publication, { sequence: acknowledgement.seq, duplicate: acknowledgement.duplicate === true });
    } else if (acknowledgement?.error?.err_code === JETSTREAM_CODE.messageTooLarge) {
      this.finish(publication, () => publication.fail(new WabusError('PAYLOAD_TOO_LARGE')));
    } else {
      this.retryLater(publication, acknowledgement?.error ?? 'nobody stores events at the moment');
    }
  }

  private accept(publication: Publication, published: Published): void {
    if (this.failing) this.logger.info({ waiting: this.queue.size }, 'events are stored again');
    this.failing = false;
    this.finish(publication, () => publication.succeed(published));
  }

  private finish(publication: Publication, settle: () => void): void {
    if (publication.isSettled) return;
    settle();
    this.queue.remove(publication);
    if (publication.isUnderWay) this.inFlight--;
    this.fill();
  }

  private retryLater(publication: Publication, reason: unknown): void {
    if (publication.isSettled || this.closed) return;
    if (!this.failing) this.logger.warn({ reason, session: publication.session }, 'an event could not be stored, trying again until it is');
    this.failing = true;
    publication.failures++;
    const timer = setTimeout(() => void this.retry(publication), backOffMs(publication.failures));
    timer.unref();
  }

  private async retry(publication: Publication): Promise<void> {
    if (publication.isSettled || this.closed) return;
    // Within its window the stream tells a repetition by its id. Later the last event of the same subject tells: a session has one publication under way.
    const sentAt = publication.firstSentAt;
    if (sentAt !== null && performance.now() - sentAt > this.settings.duplicateWindowMs / 2) {
      try {
        const last = await this.connection.jetstream.streams.getMessage(EVENT_STREAM, { last_by_subj: publication.message.subject });
        if (publication.isSettled || this.closed) return;
        if (last?.header.get(EVENT_HEADERS.id) === publication.id) return this.accept(publication, { sequence: last.seq, duplicate: true });
      } catch (error) {
        return this.retryLater(publication, error);
      }
    }
    this.send(publication);
  }

  private sweep(): void {
    this.giveUpBefore(performance.now() - this.connection.requestTimeoutMs);
  }

  private giveUpBefore(sentBefore: number): void {
    for (const [token, { publication, sentAt }] of this.underWay) {
      if (sentAt > sentBefore) continue;
      this.underWay.delete(token);
      this.retryLater(publication, 'no acknowledgement came');
    }
  }
}

function readAcknowledgement(message: Msg): Acknowledgement | null {
  try {
    return message.json<Acknowledgement>();
  } catch {
    // A status without content: nobody listens, since the server has just started or has no leader.
    return null;
  }
}

/** What the headers add to a message, in bytes, with room for what the server adds. */
function encodedBytes(facts: EventFacts): number {
  return encodeEventHeaders(facts).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value) + 4, 64);
}

const closedError = (): WabusError => new WabusError('BROKER_UNAVAILABLE', { message: 'The event log was closed.' });
const abortedError = (): WabusError =>
  new WabusError('BROKER_UNAVAILABLE', { message: 'Publishing was given up before the event was acknowledged.' });
