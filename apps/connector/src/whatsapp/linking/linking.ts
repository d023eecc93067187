import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { SocketCredentials } from '../socket-credentials.js';
import { AdvSecret } from './adv-secret.js';
import { pairingDisplay } from './display-name.policy.js';
import { LinkNotifications, type LinkNotification } from './link-notifications.js';
import { LinkQueries } from './link-queries.js';
import { PairingCodeDesk } from './pairing-code.desk.js';
import type { CodeDecision } from './pairing-code-notification.policy.js';
import { QrPresenter } from './qr.presenter.js';
import { onRegistrationRefresh } from './registration-refresh.policy.js';

export interface LinkingParts {
  readonly socket: WASocket;
  readonly credentials: SocketCredentials;
  /** As in the socket's configuration. */
  readonly browser: [os: string, name: string, version: string];
  /** How long each QR code is shown; 60 s for the first and 20 s for the others when `null`. */
  readonly qrTimeoutMs: number | null;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** What linking tells the connection it belongs to. */
export interface LinkingListener {
  /** The QR codes have been shown for their whole time, and nobody scanned one. */
  qrCodesUsedUp(): void;
  /** The pairing code is used up. Here is a new one, or `null` when a person has to ask for it. */
  pairingCode(code: string | null): void;
}

/**
 * Linking a phone over one connection: by QR code and by pairing code. Does what Baileys 7.0.0-rc14 does not, through its public parts; create it in the same step as the socket.
 */
export class Linking {
  readonly qrCodes: QrPresenter;
  private readonly codes: PairingCodeDesk;
  private readonly notifications: LinkNotifications;
  private readonly secret: AdvSecret;
  private listener: LinkingListener | null = null;

  constructor(private readonly parts: LinkingParts) {
    const { socket, credentials, browser, qrTimeoutMs, logger } = parts;
    const [os, name] = browser;
    const queries = new LinkQueries(socket);
    this.secret = new AdvSecret(socket, credentials);
    this.qrCodes = new QrPresenter({ socket, credentials, browser, qrTimeoutMs, usedUp: () => this.listener?.qrCodesUsedUp() });
    this.codes = new PairingCodeDesk({
      socket,
      credentials,
      queries,
      secret: this.secret,
      display: pairingDisplay({ os, name }),
      logger,
      replaced: code => this.listener?.pairingCode(code)
    });
    this.notifications = new LinkNotifications(parts);
    this.notifications.on('companion_reg_refresh', { first: () => undefined, handle: notification => this.refresh(notification) });
    this.notifications.on<CodeDecision>('link_code_companion_reg', {
      first: node => this.codes.inspect(node),
      handle: async ({ acknowledge }, decision) => {
        await acknowledge();
        await this.codes.follow(decision);
      }
    });
    // Baileys has answered a phone that typed a code, and made another secret of it: a QR code with the old one is worthless.
    socket.ev.on('creds.update', ({ registered }) => registered && this.qrCodes.showAgain());
  }

  /** Who is told; one. */
  listen(listener: LinkingListener): void {
    this.listener = listener;
  }

  /**
   * Asks for a code to type on the phone. Throws `REFUSED_BY_WHATSAPP`, `TIMEOUT` and `NOT_CONNECTED`: QR codes go on then.
   * @param phoneNumber digits
   */
  requestPairingCode(phoneNumber: string, customCode?: string): Promise<string> {
    return this.notifications.inTurn(() => this.codes.request(phoneNumber, customCode));
  }

  /** A phone has linked the device, or the connection is over: no QR code follows. */
  end(): void {
    this.qrCodes.pause();
  }

  /**
   * The secret in the QR code is not to be used any more (WhatsApp since July 2026, Baileys issue 2737). The order matters: a phone must find no secret that is not stored, and the
   * service no acknowledgement of one that is not in force.
   */
  private async refresh({ acknowledge }: LinkNotification): Promise<void> {
    const linked = this.parts.credentials.linked;
    if (onRegistrationRefresh({ linked, secretIsOut: this.secret.isOut }) === 'renew') await this.secret.renew();
    await acknowledge();
    this.qrCodes.showAgain();
  }
}
