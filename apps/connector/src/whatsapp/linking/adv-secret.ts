import { randomBytes } from 'node:crypto';
import type { WASocket } from '@whiskeysockets/baileys';
import type { SocketCredentials } from '../signal/socket-credentials.js';

const SECRET_BYTES = 32;

/** The ADV secret of a device that is not linked yet: the QR code shows it, and the phone proves with it that it made the device's identity. */
export class AdvSecret {
  private out = false;

  constructor(
    private readonly socket: Pick<WASocket, 'ev'>,
    private readonly credentials: SocketCredentials
  ) {}

  /** As the QR code shows it, base64. */
  get text(): string {
    return this.credentials.state.creds.advSecretKey;
  }

  get bytes(): Buffer {
    return Buffer.from(this.text, 'base64');
  }

  /** Whether the phone has it, so that it must not change any more. */
  get isOut(): boolean {
    return this.out;
  }

  /** The phone has it, or a new attempt makes what the phone has worthless. */
  setOut(out: boolean): void {
    this.out = out;
  }

  /** Makes a new one, which no phone has. Settles when it is stored; rejects when it cannot be. */
  async renew(): Promise<void> {
    this.out = false;
    const { me } = this.credentials.state.creds;
    const advSecretKey = randomBytes(SECRET_BYTES).toString('base64');
    // Baileys would take an update without `me` for the loss of the name, and say so to the server.
    this.socket.ev.emit('creds.update', { advSecretKey, ...(me ? { me } : {}) });
    await this.credentials.settled();
  }
}

/** What is known when the service says that the registration must be refreshed. */
export interface RefreshCircumstances {
  readonly linked: boolean;
  /** The phone has the secret already: it typed a pairing code, or the passkey request was encrypted with it. */
  readonly secretIsOut: boolean;
}

/**
 * What to do with a `companion_reg_refresh`. A new secret would break a link that depends on the one the phone has
 * (oxidezap/whatsapp-rust PR 1163), and means nothing to a device that is linked.
 */
export function onRegistrationRefresh({ linked, secretIsOut }: RefreshCircumstances): 'renew' | 'acknowledge-only' {
  return linked || secretIsOut ? 'acknowledge-only' : 'renew';
}
