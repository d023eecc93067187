import { Injectable } from '@nestjs/common';
import { Egress } from '../egress/egress.js';
import { DocumentFetch } from './jwks.source.js';

/** Through the guard that every request of an edge passes. */
@Injectable()
export class EgressDocumentFetch extends DocumentFetch {
  constructor(private readonly egress: Egress) {
    super();
  }

  async fetchText(url: URL, { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }): Promise<string> {
    const headers = { accept: 'application/json' };
    const { status, body } = await this.egress.fetch({
      url: url.href,
      method: 'GET',
      headers,
      timeoutMs,
      redirects: 'refuse',
      response: { maxBytes }
    });
    if (status !== 200) throw new Error(`the server answered with status ${status}`);
    return Buffer.from(body).toString('utf8');
  }
}
