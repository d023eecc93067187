import { callGuarded, printError } from '../link/listeners.js';
import type { WebhookReceiver } from '../webhooks/webhook.receiver.js';

/** The part of Node.js' `IncomingMessage` that the listener needs, for programs without the Node.js types. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The part of Node.js' `ServerResponse` that the listener needs. */
export interface NodeResponse {
  readonly headersSent: boolean;
  /** Sends the status and the headers. */
  writeHead(status: number, headers: Record<string, string>): unknown;
  /** Ends the response. */
  end(): unknown;
}

/** More than the largest body that an edge sends. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Returns a listener for `http.createServer`, which is also a handler for Express without a preceding body parser. If the receiver rejects, for example because
 * its store fails, the listener responds with 500, so that the delivery is repeated; `failed` receives the error.
 */
export function webhookListener(
  receiver: WebhookReceiver,
  failed: (error: unknown) => unknown = () => undefined
): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) => {
    void receive(receiver, request).then(
      ({ status, headers }) => {
        response.writeHead(status, headers);
        response.end();
      },
      (error: unknown) => {
        callGuarded(failed, [error], printError);
        if (!response.headersSent) response.writeHead(500, { 'content-length': '0' });
        response.end();
      }
    );
  };
}

async function receive(
  receiver: WebhookReceiver,
  request: NodeRequest
): Promise<{ readonly status: number; readonly headers: Record<string, string> }> {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST', 'content-length': '0' } };
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return { status: 413, headers: { connection: 'close', 'content-length': '0' } };
    chunks.push(chunk);
  }
  return receiver.receive({ headers: request.headers, body: Buffer.concat(chunks) });
}
