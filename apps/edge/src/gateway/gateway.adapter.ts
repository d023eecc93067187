import type { INestApplicationContext } from '@nestjs/common';
import type { Server as HttpServer } from 'node:http';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Server, ServerOptions } from 'socket.io';
import type { PageOrigins } from '../auth/page-origins.js';
import { JSON_TEXT_PARSER } from './json-text.encoder.js';
import { pollInParts } from './polling.pace.js';
import { passOverOffers } from './upgrade.door.js';

export interface GatewayLimits {
  readonly transports: readonly ('polling' | 'websocket')[];
  /** A client that sends a larger message is disconnected. */
  readonly maxMessageBytes: number;
  /** Origins whose pages may connect; none means only pages that this server delivers itself. */
  readonly corsOrigins: readonly string[];
}

/** A client that joins no namespace in this time, for want of a token, is disconnected. */
const JOIN_WITHIN_MS = 10_000;

/** The Socket.IO server behind the gateways. When it stops, clients see their transport close and connect again by themselves. */
export class GatewayAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly limits: GatewayLimits,
    private readonly pages: PageOrigins
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const { transports, maxMessageBytes, corsOrigins } = this.limits;
    const server = super.createIOServer(port, {
      ...options,
      transports: [...transports],
      maxHttpBufferSize: maxMessageBytes,
      connectTimeout: JOIN_WITHIN_MS,
      serveClient: false,
      parser: JSON_TEXT_PARSER,
      // Frames are written once for all members of a room.
      perMessageDeflate: false,
      allowRequest: ({ socket, headers }, decide) =>
        decide('Web pages of this origin may not use this edge.', this.pages.permit(socket.remoteAddress ?? '', headers)),
      ...(corsOrigins.length > 0 ? { cors: { origin: [...corsOrigins] } } : {})
    } as ServerOptions);
    server.engine.on('connection', pollInParts);
    passOverOffers(server.httpServer as HttpServer, `${server.path()}/`);
    return server;
  }
}
