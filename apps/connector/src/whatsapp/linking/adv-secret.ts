import { randomBytes } from 'node:crypto';
import type { WASocket } from '@whiskeysockets/baileys';
import type { SocketCredentials } from '../signal/socket-credentials.js';

const SECRET_BYTES = 32;

/** The ADV secret of a device that is not linked yet: the QR code contains it, and the phone proves with it that it created the device's identity. */
export class AdvSecret {
  private out = false;

  constructor(
    private readonly socket: Pick<WASocket, 'ev'>,
    private readonly credentials: SocketCredentials
  ) {}

  /** The secret in base64, as in the QR code. */
  get text(): string {
    return this.credentials.state.creds.advSecretKey;
  }

  get bytes(): Buffer {
    return Buffer.from(this.text, 'base64');
  }

  /** Whether the phone has the secret, so that it must no longer change. */
  get isOut(): boolean {
    return this.out;
  }

  /** Sets whether the phone has the secret; `false` if a new attempt invalidates the secret that the phone has. */
  setOut(out: boolean): void {
    this.out = out;
  }

  /** Creates a new secret, which no phone has. Resolves once it is stored; rejects if that fails. */
  async renew(): Promise<void> {
    this.out = false;
    const { me } = this.credentials.state.creds;
    const advSecretKey = randomBytes(SECRET_BYTES).toString('base64');
    // Baileys would interpret an update without `me` as the removal of the name, and report that to the server.
    this.socket.ev.emit('creds.update', { advSecretKey, ...(me ? { me } : {}) });
    await this.credentials.settled();
  }
}

/** The state in which WhatsApp requests a refresh of the registration. */
export interface RefreshCircumstances {
  readonly linked: boolean;
  /** The phone already has the secret: a pairing code was typed, or the passkey request contained the secret. */
  readonly secretIsOut: boolean;
}

/**
 * Decides how to handle a `companion_reg_refresh`. A new secret would break a link that depends on the secret that the phone has
 * (oxidezap/whatsapp-rust PR 1163), and has no effect on a linked device.
 */
export function onRegistrationRefresh({ linked, secretIsOut }: RefreshCircumstances): 'renew' | 'acknowledge-only' {
  return linked || secretIsOut ? 'acknowledge-only' : 'renew';
}
