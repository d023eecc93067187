import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { IncomingMessage } from 'node:http';
import type { SocketClosed } from '../disconnect-reason.table.js';
import { mapDisconnect, type ClosingCircumstances } from './disconnect-reason.mapper.js';
import { takeAppealToken } from './login-refusal.codec.js';
import { networkFailure, type ReachabilityNotice } from './network-failure.mapper.js';

/** Collects what one connection learns about its end beside the error that Baileys gives, and says why it ended. */
export class ClosingRecord {
  /** Stored keys could not be read or written: nothing else counts then. */
  unreadable = false;
  passkeyOver = false;
  handshakeDone = false;
  private httpStatus: number | null = null;
  private appealToken: string | null = null;

  constructor(
    stanzas: WASocket['ws'],
    private readonly parts: {
      /** Of WhatsApp. */
      readonly host: string;
      readonly reachability: ReachabilityNotice;
      /** The WebSocket was refused. */
      readonly refused: () => void;
    }
  ) {
    // Before Baileys, which would log it and hand it on in an error.
    stanzas.prependListener('CB:failure', (failure: BinaryNode) => (this.appealToken = takeAppealToken(failure.attrs)));
    // Baileys listens to this event and does nothing, so that the refused WebSocket neither fails nor closes.
    stanzas.on('unexpected-response', (_request: unknown, response: IncomingMessage) => {
      this.httpStatus = response.statusCode ?? null;
      parts.refused();
    });
  }

  /** Why the connection ended. `wanted`: we ended it, and the network is not to blame. */
  reason(error: unknown, seen: Pick<ClosingCircumstances, 'qrCodes' | 'backlogStalled'> & { readonly wanted: boolean }): SocketClosed {
    const { httpStatus, passkeyOver, handshakeDone } = this;
    const { qrCodes, backlogStalled = false, wanted } = seen;
    const mapped = mapDisconnect(error, { httpStatus, passkeyOver, handshakeDone, qrCodes, backlogStalled });
    const why = this.appealToken === null ? mapped : { ...mapped, appealToken: this.appealToken };
    if (wanted || (why.reason !== 'unreachable' && why.reason !== 'timed-out')) return why;
    const network = networkFailure(error, this.parts.host);
    this.parts.reachability.failed(network);
    return { ...why, network };
  }
}
