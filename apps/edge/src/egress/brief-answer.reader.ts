import type { Dispatcher } from 'undici';

/** The most that is read of an unneeded response body, so that its connection can be reused. */
const UNWANTED_BYTES = 65_536;
const UNWANTED_MS = 1_000;

export interface BriefAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The beginning of the body, for statuses other than 2xx. */
  readonly body: Uint8Array;
}

/**
 * Receives a response of which only the status matters. A 2xx resolves at once; for any other status, the beginning of the body is read as
 * far as it arrives soon. A short body is read to its end, so that the connection can be reused. A long or slow body costs the connection.
 * undici's own `request` creates a stream, a signal and an async resource for each response.
 */
export class BriefAnswerReader implements Dispatcher.DispatchHandler {
  /** Rejects with the error of undici if no response arrived, or if the request was aborted before. */
  readonly answer: Promise<BriefAnswer>;
  private settle: (answer: BriefAnswer) => void = () => undefined;
  private fail: (error: Error) => void = () => undefined;
  private controller: Dispatcher.DispatchController | null = null;
  private givenUp: Error | null = null;
  private head: Pick<BriefAnswer, 'status' | 'headers'> | null = null;
  private readonly chunks: Buffer[] = [];
  private wantedBytes = 0;
  private bytes = 0;
  private late: NodeJS.Timeout | undefined;

  /** @param refusalBytes how much to read of a body whose status is not 2xx */
  constructor(private readonly refusalBytes: number) {
    this.answer = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
  }

  giveUp(): void {
    this.givenUp = new Error('given up');
    this.controller?.abort(this.givenUp);
    // The request may still be waiting for a connection.
    if (this.head === null) this.fail(this.givenUp);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.givenUp !== null) controller.abort(this.givenUp);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: BriefAnswer['headers']): void {
    if (status < 200) return;
    this.head = { status, headers };
    this.wantedBytes = status < 300 ? 0 : this.refusalBytes;
    this.late = setTimeout(() => controller.abort(new Error('slow')), UNWANTED_MS).unref();
    if (this.wantedBytes === 0) this.end();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.wantedBytes > 0) {
      this.chunks.push(chunk);
      if (this.bytes < this.wantedBytes) return;
      this.end();
      controller.abort(new Error('long'));
    } else if (this.bytes > UNWANTED_BYTES) controller.abort(new Error('long'));
  }

  onResponseEnd(): void {
    clearTimeout(this.late);
    this.end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.late);
    // The received beginning of a refusal is sufficient.
    if (this.head !== null) this.end();
    else this.fail(error);
  }

  private end(): void {
    if (this.head !== null) this.settle({ ...this.head, body: Buffer.concat(this.chunks).subarray(0, this.refusalBytes) });
  }
}
