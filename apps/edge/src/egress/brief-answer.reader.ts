import type { Dispatcher } from 'undici';

/** What is read of an answer nobody wants, so that its connection can be used again. */
const UNWANTED_BYTES = 65_536;
const UNWANTED_MS = 1_000;

export interface BriefAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of a refusal, its beginning. */
  readonly body: Uint8Array;
}

/**
 * Takes an answer that counts by its status: 2xx settles it at once, of any other the beginning is read as far as it comes soon. What is short is read to its end, so that the
 * connection can serve again; what is long or slow loses its connection. undici's own `request` makes a stream, a signal and an async resource for each answer.
 */
export class BriefAnswerReader implements Dispatcher.DispatchHandler {
  /** Rejects with the error of undici when no answer came, or it was given up before. */
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

  /** `refusalBytes`: how much is wanted of an answer that is no 2xx. */
  constructor(private readonly refusalBytes: number) {
    this.answer = new Promise((resolve, reject) => {
      this.settle = resolve;
      this.fail = reject;
    });
  }

  giveUp(): void {
    this.givenUp = new Error('given up');
    this.controller?.abort(this.givenUp);
    // It may wait for a connection still.
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
    // What has come of a refusal says enough.
    if (this.head !== null) this.end();
    else this.fail(error);
  }

  private end(): void {
    if (this.head !== null) this.settle({ ...this.head, body: Buffer.concat(this.chunks).subarray(0, this.refusalBytes) });
  }
}
