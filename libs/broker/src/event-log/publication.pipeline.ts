import type { Msg } from '@nats-io/transport-node';
import { EVENT_HEADERS, EVENT_STREAM, WabusError, type EventFacts } from '@wabus/contracts';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { isStorageRefusal, JETSTREAM_CODE } from '../errors/broker-error.mapper.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import type { Published } from './event-log.types.js';
import { BATCH_HEADERS, Publication, PublicationGroup } from './publication.js';
import { PublicationQueue } from './publication.queue.js';

const SWEEP_MS = 250;
/** The server keeps a batch in memory until it is complete. */
const BATCH_BYTES = 512 * 1024;
const BATCH_PUBLICATIONS = 64;
const encoder = new TextEncoder();

export interface PipelineSettings {
  readonly maxInFlight: number;
  /** How long the stream itself detects a duplicate id. */
  readonly duplicateWindowMs: number;
}

/** The acknowledgement of the stream. */
interface Acknowledgement {
  seq?: number;
  duplicate?: boolean;
  error?: { code: number; err_code: number; description: string };
}

/** A message that awaits its acknowledgement. */
interface Attempt {
  readonly group: PublicationGroup;
  readonly sent: readonly Publication[];
  /** Monotonic time in ms. */
  readonly sentAt: number;
}

/**
 * Publishes into the event stream over one inbox for all acknowledgements, at a third of the cost of separate requests.
 * Each session has one group in flight; publications that arrive meanwhile form the next group, so no failure can store a later group without an earlier one
 * (ADR 39).
 * Messages are sent again until acknowledged. An unacknowledged message may already be stored; its id prevents a duplicate.
 * If the log already has a part of a batch, it refuses the batch; its messages are then sent separately.
 */
export class PublicationPipeline {
  private readonly logger = new StructuredLogger('event-log');
  private readonly queue = new PublicationQueue();
  private readonly inbox: string;
  private readonly underWay = new Map<number, Attempt>();
  private readonly heeded = new WeakSet<AbortSignal>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly forgetConnection: () => void;
  private nextToken = 1;
  private turn = 0;
  private inFlight = 0;
  private filling = false;
  private failing = false;
  private closed = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly settings: PipelineSettings
  ) {
    const { client } = connection;
    this.inbox = connection.createInbox();
    client.subscribe(`${this.inbox}.*`, { callback: (error, message) => (error ? undefined : this.receive(message)) });
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.sweeper.unref();
    // Messages that were sent over a lost connection no longer get an acknowledgement.
    this.forgetConnection = connection.onChange(connected => void (connected ? undefined : this.giveUpBefore(Infinity)));
  }

  /**
   * Stores one event and resolves when the log has acknowledged it as stored on disk.
   * Calls may overlap: the events of one session are stored in call order, and a limited number is in flight at once (further calls wait).
   * Broker failures are retried forever under the same id, so the event is stored once.
   * Rejects only if the event can never be stored (`PAYLOAD_TOO_LARGE`), or with `BROKER_UNAVAILABLE` if the log was closed or `signal` was aborted before the
   * acknowledgement. Pass the signal of the session's lease, so that a former owner stops publishing when it loses the lease.
   */
  publish(facts: EventFacts, body: string, signal?: AbortSignal): Promise<Published> {
    if (this.closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(abortedError());
    const publication = new Publication(facts, encoder.encode(body), { turn: this.turn, signal });
    const limit = this.connection.maxMessageBytes;
    const size = publication.bytes;
    if (size > limit) {
      return Promise.reject(
        new WabusError('PAYLOAD_TOO_LARGE', {
          message: `The event has ${size} bytes; NATS accepts at most ${limit}.`,
          details: { size, limit }
        })
      );
    }
    this.queue.add(publication);
    if (!this.filling) {
      this.filling = true;
      // Runs after the current task, so that events published together can be sent together.
      queueMicrotask(() => {
        this.filling = false;
        this.turn++;
        this.fill();
      });
    }
    if (signal !== undefined) this.heed(signal);
    return publication.settled;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.sweeper);
    this.forgetConnection();
    this.underWay.clear();
    for (const publication of this.queue.clear()) publication.fail(closedError());
  }

  /** One listener for all publications with this signal: all events of a session share the signal of its lease. */
  private heed(signal: AbortSignal): void {
    if (this.heeded.has(signal)) return;
    this.heeded.add(signal);
    signal.addEventListener(
      'abort',
      () => {
        for (const publication of this.queue.removeAll(signal)) if (!publication.isSettled) publication.fail(abortedError());
      },
      { once: true }
    );
  }

  private fill(): void {
    while (this.inFlight < this.settings.maxInFlight && !this.closed) {
      const publications = Math.min(BATCH_PUBLICATIONS, this.settings.maxInFlight - this.inFlight);
      const taken = this.queue.take({ publications, bytes: BATCH_BYTES });
      if (taken.length === 0) return;
      this.inFlight += taken.length;
      this.send(new PublicationGroup(taken));
    }
  }

  private send(group: PublicationGroup): void {
    if (!this.connection.isConnected) return this.retryLater(group, 'there is no connection');
    const sentAt = performance.now();
    const { open } = group;
    group.firstSentAt ??= sentAt;
    for (const { subject, data, header, answers } of group.attempt(open)) {
      const token = this.nextToken++;
      try {
        this.connection.client.publish(
          subject,
          data,
          answers.length > 0 ? { headers: header, reply: `${this.inbox}.${token}` } : { headers: header }
        );
      } catch (error) {
        group.trouble = error;
        break;
      }
      if (answers.length === 0) continue;
      this.underWay.set(token, { group, sent: answers, sentAt });
      group.awaited++;
    }
    if (group.awaited === 0) this.conclude(group);
  }

  private receive(message: Msg): void {
    const token = Number(message.subject.slice(this.inbox.length + 1));
    const attempt = this.underWay.get(token);
    this.underWay.delete(token);
    if (!attempt) return;
    const { group, sent } = attempt;
    group.awaited--;
    const acknowledgement = readAcknowledgement(message);
    this.note(acknowledgement);
    if (acknowledgement?.seq !== undefined && !acknowledgement.error) {
      this.accept(sent, { sequence: acknowledgement.seq, duplicate: acknowledgement.duplicate === true });
    } else if (acknowledgement?.error && sent.length > 1) {
      // The log refused the whole batch because of one of its messages. Each is sent alone, so that the answers show which one.
      for (const publication of group.open) publication.isSingle = true;
    } else if (acknowledgement?.error?.err_code === JETSTREAM_CODE.messageTooLarge) {
      this.settle(sent, publication => publication.fail(new WabusError('PAYLOAD_TOO_LARGE')));
    } else {
      group.trouble = acknowledgement?.error ?? 'events cannot be stored at the moment';
    }
    if (group.awaited === 0) this.conclude(group);
  }

  private note(acknowledgement: Acknowledgement | null): void {
    const { storing } = this.connection;
    const error = acknowledgement?.error;
    if (acknowledgement?.seq !== undefined && !error) storing.stored(EVENT_STREAM);
    else if (error && isStorageRefusal(error.err_code)) storing.failed(EVENT_STREAM, error.description);
  }

  /** @param last the outcome of the last publication; those before it have the preceding sequences */
  private accept(sent: readonly Publication[], last: Published): void {
    if (this.failing) this.logger.info({ waiting: this.queue.size }, 'event log accepts events again');
    this.failing = false;
    this.settle(sent, publication => {
      const behind = sent.length - 1 - sent.indexOf(publication);
      publication.succeed({ sequence: last.sequence - behind, duplicate: last.duplicate });
    });
  }

  /** Settles each of the publications that is still pending. */
  private settle(sent: readonly Publication[], settle: (publication: Publication) => void): void {
    for (const publication of sent) {
      if (publication.isSettled) continue;
      settle(publication);
      this.queue.remove(publication);
    }
  }

  /** Runs when all answers are in: retries the failed publications, or lets the session's next group start. */
  private conclude(group: PublicationGroup): void {
    const { trouble } = group;
    group.trouble = null;
    if (trouble !== null && group.open.length > 0) return this.retryLater(group, trouble);
    this.inFlight -= group.publications.length;
    this.queue.release(group.session);
    this.fill();
  }

  private retryLater(group: PublicationGroup, reason: unknown): void {
    if (this.closed) return;
    if (!this.failing) this.logger.warn({ reason, session: group.session }, 'failed to store an event, retrying until it succeeds');
    this.failing = true;
    group.failures++;
    const timer = setTimeout(() => void this.retry(group), backOffMs(group.failures));
    timer.unref();
  }

  private async retry(group: PublicationGroup): Promise<void> {
    if (this.closed) return;
    // Within its window, the stream detects a repetition by its id.
    if (group.firstSentAt !== null && performance.now() - group.firstSentAt > this.settings.duplicateWindowMs / 2) {
      try {
        await this.recognise(group);
      } catch (error) {
        return this.retryLater(group, error);
      }
      if (this.closed) return;
    }
    this.send(group);
  }

  /**
   * The last event of a subject shows whether a publication is stored: a session has one group in flight, in which separately sent messages have distinct
   * subjects.
   */
  private async recognise(group: PublicationGroup): Promise<void> {
    const { open } = group;
    const isAtomic = group.isAtomic(open);
    for (const publication of isAtomic ? open.slice(-1) : open) {
      const stored = await this.connection.jetstream.streams.getMessage(EVENT_STREAM, { last_by_subj: publication.subject });
      if (!stored || this.closed) continue;
      const isStored = isAtomic
        ? group.attempts.has(stored.header.get(BATCH_HEADERS.id))
        : stored.header.get(EVENT_HEADERS.id) === publication.id;
      if (isStored) this.accept(isAtomic ? open : [publication], { sequence: stored.seq, duplicate: true });
    }
  }

  private sweep(): void {
    const givenUp = this.giveUpBefore(performance.now() - this.connection.requestTimeoutMs);
    if (givenUp > 0 && this.connection.isConnected) this.connection.storing.failed(EVENT_STREAM, null);
  }

  private giveUpBefore(sentBefore: number): number {
    let givenUp = 0;
    for (const [token, { group, sentAt }] of this.underWay) {
      if (sentAt > sentBefore) continue;
      this.underWay.delete(token);
      givenUp++;
      group.awaited--;
      group.trouble = 'no acknowledgement arrived';
      if (group.awaited === 0) this.conclude(group);
    }
    return givenUp;
  }
}

function readAcknowledgement(message: Msg): Acknowledgement | null {
  try {
    return message.json<Acknowledgement>();
  } catch {
    // An empty status: there is no subscriber, because the server has just started or the stream has no leader.
    return null;
  }
}

const closedError = (): WabusError => new WabusError('BROKER_UNAVAILABLE', { message: 'The event log has been closed.' });
const abortedError = (): WabusError =>
  new WabusError('BROKER_UNAVAILABLE', { message: 'Publishing stopped before the event was acknowledged.' });
