import type { MsgHdrs } from '@nats-io/transport-node';
import type { WabusError } from '@wabus/contracts';
import { type SessionId } from '@wabus/contracts';
import type { Published } from './event-log.js';

/** An event on its way into the log. */
export class Publication {
  readonly settled: Promise<Published>;
  /** It has its turn: it is with the broker, or waits for its repetition. */
  isUnderWay = false;
  isSettled = false;
  failures = 0;
  /** When it was sent first, by the monotonic clock in ms; `null` before. */
  firstSentAt: number | null = null;
  private resolve: (published: Published) => void = () => undefined;
  private reject: (error: WabusError) => void = () => undefined;

  constructor(
    readonly session: SessionId,
    readonly id: string,
    readonly message: { readonly subject: string; readonly data: Uint8Array; readonly headers: MsgHdrs }
  ) {
    this.settled = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
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
