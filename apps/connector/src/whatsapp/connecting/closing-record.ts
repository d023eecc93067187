import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { IncomingMessage } from 'node:http';
import type { SocketClosed } from '../disconnect-reason.table.js';
import { mapDisconnect, type ClosingCircumstances } from './disconnect-reason.mapper.js';
import { takeAppealToken } from './login-refusal.codec.js';
import { networkFailure, type ReachabilityNotice } from './network-failure.mapper.js';

/** Collects the facts about the end of one connection that Baileys' error does not contain, and determines the reason. */
export class ClosingRecord {
  /** Whether stored keys could not be read or written; this overrides every other reason. */
  unreadable = false;
  passkeyOver = false;
  handshakeDone = false;
  private httpStatus: number | null = null;
  private appealToken: string | null = null;

  constructor(
    stanzas: WASocket['ws'],
    private readonly parts: {
      /** The host of WhatsApp. */
      readonly host: string;
      readonly reachability: ReachabilityNotice;
      /** Called when the WebSocket was refused. */
      readonly refused: () => void;
    }
  ) {
    // Before Baileys, which would log the token and pass it on in an error.
    stanzas.prependListener('CB:failure', (failure: BinaryNode) => (this.appealToken = takeAppealToken(failure.attrs)));
    // Baileys listens to this event without closing the WebSocket, so a refused WebSocket would neither fail nor close.
    stanzas.on('unexpected-response', (_request: unknown, response: IncomingMessage) => {
      this.httpStatus = response.statusCode ?? null;
      parts.refused();
    });
  }

  /** Returns the reason why the connection ended. If this side ended it (`wanted`), the network is not reported as the cause. */
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
