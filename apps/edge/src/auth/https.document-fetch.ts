import { DocumentFetch } from './jwks.source.js';

/** Over https only, and never to where a redirect points. */
export class HttpsDocumentFetch extends DocumentFetch {
  async fetchText(url: URL, { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number }): Promise<string> {
    if (url.protocol !== 'https:') throw new Error('only https is fetched');
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' }
    });
    if (response.status !== 200 || response.body === null) throw new Error(`the server answered with status ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) throw new Error(`the document has more than ${maxBytes} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  }
}
