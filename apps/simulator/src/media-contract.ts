import type { IncomingMessage, ServerResponse } from 'node:http';

/** Uploads and downloads of encrypted media, on the same HTTP port as the WebSocket. */
export abstract class MediaServer {
  /** Answers one HTTP request that is not a WebSocket upgrade; settles when the response is complete. Never rejects. */
  abstract handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
