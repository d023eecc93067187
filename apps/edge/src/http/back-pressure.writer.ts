import type { Response } from 'express';
import { once } from 'node:events';

/** Writes to a client no faster than it reads: `write` settles when there is room for more. */
export class BackPressureWriter {
  /** Aborted when the client is gone, or the answer is to end. */
  readonly over: AbortSignal;
  private readonly gone = new AbortController();

  /** @param ended aborted when the answer is to end */
  constructor(
    private readonly response: Response,
    ended: AbortSignal
  ) {
    response.once('close', () => this.gone.abort());
    this.over = AbortSignal.any([this.gone.signal, ended]);
  }

  async write(text: string): Promise<void> {
    if (this.over.aborted || this.response.write(text)) return;
    await once(this.response, 'drain', { signal: this.over }).catch(() => undefined);
  }

  /** Ends the answer in order. A client that does not read would keep the connection for as long as it likes: it is cut off. */
  end(lastText = ''): void {
    if (this.gone.signal.aborted) return;
    if (this.response.writableNeedDrain) this.cut();
    else this.response.end(lastText);
  }

  /** Ends the answer so that the client sees that it is not complete. */
  cut(): void {
    this.response.destroy();
  }
}
