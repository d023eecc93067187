import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { GATEWAY_NAMESPACE, type CommandOutcome, type ErrorBody } from '@wabus/contracts';
import { io, type Socket } from 'socket.io-client';
import type { ExpectedMessage } from './storm.checker.js';

const DEADLINE_MS = 5_000;
const ANSWER_LIMIT_MS = 8_000;
const RETRY_MS = 300;
const GIVE_UP_MS = 90_000;

/** A session that writes to a contact. */
export interface OutwardChat {
  readonly session: string;
  readonly jid: string;
  /** The contact's phone number. */
  readonly phoneNumber: string;
}

export interface OutwardFigures {
  /** Messages that were sent successfully. */
  readonly sent: number;
  /** Commands sent, including repetitions. */
  readonly attempts: number;
  /** Attempts whose error could not say whether the message was sent. */
  readonly uncertain: number;
}

/**
 * An application that sends numbered texts through commands, over HTTP and Socket.IO in turn: it repeats each command with the same idempotency key
 * until the response says that the message was sent, and only then sends the next message of the chat.
 */
export class StormSender implements AsyncDisposable {
  /** Successfully sent messages: each must reach its contact exactly once. */
  readonly sent: ExpectedMessage[] = [];
  /** Refusals that a repetition cannot resolve. */
  readonly complaints: string[] = [];
  private readonly sockets = new Map<string, Socket>();
  private readonly lanes: Promise<void>[];
  private attempts = 0;
  private uncertain = 0;
  private stopping = false;

  constructor(
    private readonly edges: readonly string[],
    private readonly token: string,
    { chats, perSecond }: { chats: readonly OutwardChat[]; perSecond: number }
  ) {
    for (const url of edges)
      this.sockets.set(url, io(new URL(GATEWAY_NAMESPACE, url).href, { auth: { token }, reconnectionDelayMax: 500 }));
    this.lanes = chats.map(chat => this.write(chat, (chats.length * 1_000) / perSecond));
  }

  get figures(): OutwardFigures {
    return { sent: this.sent.length, attempts: this.attempts, uncertain: this.uncertain };
  }

  /** Starts no further message, and resolves once those in progress have a response. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.lanes);
    for (const socket of this.sockets.values()) socket.disconnect();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private async write(chat: OutwardChat, everyMs: number): Promise<void> {
    const name = `${chat.session}-out`;
    for (let n = 1; !this.stopping; n++) {
      const text = `outward ${name} ${n}`;
      const complaint = await this.sendUntilAnswered(chat, text);
      if (complaint !== null) return void this.complaints.push(`${text}: ${complaint}`);
      this.sent.push({ receiver: chat.phoneNumber, chat: name, n, text });
      await delay(everyMs);
    }
  }

  /** Resolves with `null` if the message was sent, or with the reason why a retry is pointless. */
  private async sendUntilAnswered({ session, jid }: OutwardChat, text: string): Promise<string | null> {
    const idempotencyKey = randomUUID();
    const deadline = Date.now() + GIVE_UP_MS;
    for (;;) {
      const edge = this.edges[this.attempts++ % this.edges.length]!;
      const overHttp = this.attempts % 4 < 2;
      const command = { session, args: { jid, content: { text } }, idempotencyKey };
      const answer = await (overHttp ? this.post(edge, command) : this.emit(edge, command));
      if (answer === 'sent') return null;
      if (answer === null || !answer.certain) this.uncertain++;
      const reason = answer === null ? 'no answer' : `${answer.code} ${answer.message}`;
      if (answer?.certain && !answer.retryable) return reason;
      if (Date.now() > deadline) return `given up after ${GIVE_UP_MS} ms: ${reason}`;
      await delay(RETRY_MS);
    }
  }

  /** Resolves with `null` if there was no response. */
  private async post(edge: string, { session, args, idempotencyKey }: Command): Promise<ErrorBody | 'sent' | null> {
    try {
      const response = await fetch(`${edge}/api/sessions/${session}/commands/sendMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify({ args, deadlineMs: DEADLINE_MS }),
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS)
      });
      const body = (await response.json()) as CommandOutcome | ErrorBody;
      if (response.ok) return 'sent';
      return 'ok' in body ? (body.ok ? 'sent' : body.error) : body;
    } catch {
      return null;
    }
  }

  private async emit(edge: string, { session, args, idempotencyKey }: Command): Promise<ErrorBody | 'sent' | null> {
    const socket = this.sockets.get(edge)!;
    if (!socket.connected) return this.post(edge, { session, args, idempotencyKey });
    try {
      const message = { session, method: 'sendMessage', args, deadlineMs: DEADLINE_MS, idempotencyKey };
      const outcome = (await socket.timeout(ANSWER_LIMIT_MS).emitWithAck('command', message)) as CommandOutcome;
      return outcome.ok ? 'sent' : outcome.error;
    } catch {
      return null;
    }
  }
}

interface Command {
  readonly session: string;
  readonly args: unknown;
  readonly idempotencyKey: string;
}
