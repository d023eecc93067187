import { isDeepStrictEqual } from 'node:util';
import { WabusError, type PasskeyLinks, type PasskeyRecord, type PasskeyRequest } from '@wabus/contracts';
import { PasskeyExchange, type PasskeyTimes } from '../whatsapp/linking/passkey.exchange.js';
import type { WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';
import type { PasskeyCommands } from './session-commands.js';
import type { SessionParts } from './session-parts.js';

export interface SessionPasskeyParts extends Pick<SessionParts, 'lease' | 'status' | 'events'> {
  readonly times: PasskeyTimes;
  /** Returns whether a person always compares the code. */
  readonly compareAlways: () => boolean;
  /** Returns the connection over which a phone can be linked now. */
  readonly socket: () => WhatsAppSocket | null;
  /** Waits for such a connection. Throws `TIMEOUT` on abort. */
  readonly pairingSocket: (signal: AbortSignal) => Promise<WhatsAppSocket>;
  /** Waits until the session changes. Throws `TIMEOUT` on abort. */
  readonly change: (signal: AbortSignal) => Promise<void>;
}

/** The passkey link of one session: its status, its events and its commands. */
export class SessionPasskey implements PasskeyCommands {
  readonly exchange: PasskeyExchange;
  private emitted: PasskeyRecord | null = null;

  constructor(private readonly parts: SessionPasskeyParts) {
    const { times, compareAlways, status } = parts;
    this.exchange = new PasskeyExchange({
      times,
      compareAlways,
      begun: () => status.note({ qr: null, pairingCode: null }),
      changed: (record, links) => this.changed(record, links)
    });
  }

  get(link: boolean): PasskeyRequest {
    const { exchange } = this;
    const url = link ? `/passkey/${exchange.newLink()}` : null;
    if (exchange.record.stage === null) throw exchange.notRequested;
    return { ...exchange.record, options: exchange.options, url };
  }

  async submit(assertion: unknown, signal: AbortSignal): Promise<PasskeyRecord> {
    const { exchange, parts } = this;
    for (;;) {
      if (exchange.options === null) throw exchange.notRequested;
      const socket = await parts.pairingSocket(signal);
      try {
        await socket.answerPasskey(assertion);
        return exchange.record;
      } catch (error) {
        if (!(error instanceof WabusError && error.code === 'NOT_CONNECTED')) throw error;
      }
      // This connection has ended, and the next one has not been opened yet.
      await parts.change(signal);
    }
  }

  async confirm(equal: boolean): Promise<PasskeyRecord> {
    const { exchange, parts } = this;
    const socket = parts.socket();
    if (socket === null) throw exchange.notRequested;
    await socket.confirmPasskey(equal);
    return exchange.record;
  }

  cancel(): PasskeyRecord {
    const { exchange } = this;
    if (!exchange.isUnderWay && exchange.record.stage === null) throw exchange.notRequested;
    exchange.end('given-up');
    return exchange.record;
  }

  private changed(record: PasskeyRecord, links: PasskeyLinks | null): void {
    const { lease, status, events } = this.parts;
    status.note({ passkey: record.stage === null ? null : record, passkeyLinks: links });
    if (isDeepStrictEqual(record, this.emitted)) return;
    this.emitted = record;
    events.emit(lease, 'auth.passkey', { ...record, at: new Date().toISOString() });
  }
}
