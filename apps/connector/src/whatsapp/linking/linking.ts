import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import { AdvSecret, onRegistrationRefresh } from './adv-secret.js';
import { LinkNotifications, type LinkNotification } from './link-notifications.js';
import { LinkQueries } from './link-queries.js';
import { PairingCodeIssuer } from './pairing-code-issuer.js';
import { pairingDisplay, type CodeDecision } from './pairing-code.policy.js';
import { PasskeyCeremony } from './passkey-ceremony.js';
import { platformType } from './passkey-messages.js';
import type { PasskeyExchange } from './passkey.exchange.js';
import { QrPresenter } from './qr-presenter.js';

export interface LinkingParts {
  readonly socket: WASocket;
  readonly credentials: SocketCredentials;
  /** As in the socket's configuration. */
  readonly browser: [os: string, name: string, version: string];
  /** How long each QR code is shown; if `null`, 60 s for the first one and 20 s for the others. */
  readonly qrTimeoutMs: number | null;
  /** The passkey link of the session, which continues across connections. */
  readonly passkey: PasskeyExchange;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** The limit for a phone on which the right code was typed: it usually links the device or requests a passkey within seconds. */
const PHONE_GOES_ON_MS = 60_000;

/** The reports of linking to its connection. */
export interface LinkingListener {
  /** WhatsApp offers to link a phone. `silently`: a passkey link is in progress, and no QR code follows. */
  offered(silently: boolean): void;
  /** The passkey link failed or was canceled: a new connection must show a new QR code. */
  passkeyOver(): void;
  /** All QR codes have been shown for their whole time without being scanned. */
  qrCodesUsedUp(): void;
  /** WhatsApp invalidated the pairing code: the new code, or `null` if a person must request one. */
  pairingCode(code: string | null): void;
}

/**
 * Links a phone over one connection, by QR code or by pairing code, and with the passkey of the account if WhatsApp requests it. Adds what Baileys 7.0.0-rc14
 * lacks, using only public parts of Baileys. Create it synchronously with the socket.
 */
export class Linking {
  readonly qrCodes: QrPresenter;
  private readonly codes: PairingCodeIssuer;
  private readonly passkeys: PasskeyCeremony;
  private readonly notifications: LinkNotifications;
  private readonly secret: AdvSecret;
  private listener: LinkingListener | null = null;
  private typed: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LinkingParts) {
    const { socket, credentials, browser, qrTimeoutMs, passkey, logger, ended } = parts;
    const [os, name] = browser;
    const queries = new LinkQueries(socket, ended);
    this.secret = new AdvSecret(socket, credentials);
    this.qrCodes = new QrPresenter({
      socket,
      credentials,
      browser,
      qrTimeoutMs,
      offered: () => this.listener?.offered(passkey.isUnderWay),
      usedUp: () => this.listener?.qrCodesUsedUp()
    });
    this.codes = new PairingCodeIssuer({
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
      first: node => {
        const decision = this.codes.inspect(node);
        if (decision === 'to-baileys') this.codeTyped();
        return decision;
      },
      handle: async ({ acknowledge }, decision) => {
        await acknowledge();
        await this.codes.follow(decision);
      }
    });
    this.passkeys = new PasskeyCeremony({
      ...{ exchange: passkey, credentials, secret: this.secret, queries, notifications: this.notifications, logger, ended },
      deviceType: platformType(name),
      begun: () => this.qrCodes.pause(),
      isOpen: () => socket.ws.isOpen
    });
    if (passkey.isUnderWay) this.qrCodes.pause();
    passkey.onOver(() => this.giveUp());
  }

  /** Sets the only listener. */
  listen(listener: LinkingListener): void {
    this.listener = listener;
  }

  /**
   * Requests a code to type on the phone. Throws `REFUSED_BY_WHATSAPP`, `TIMEOUT` and `NOT_CONNECTED`; after an error, QR codes continue.
   * @param phoneNumber digits
   */
  requestPairingCode(phoneNumber: string, customCode?: string): Promise<string> {
    return this.notifications.inTurn(() => this.codes.request(phoneNumber, customCode));
  }

  /** Sends an assertion that a browser signed; see `PasskeyCeremony.submit`. */
  submitPasskey(assertion: unknown): Promise<void> {
    return this.passkeys.submit(assertion);
  }

  /** Reports whether the phone shows the same code; see `PasskeyCeremony.confirm`. */
  confirmPasskey(equal: boolean): Promise<void> {
    return this.passkeys.confirm(equal);
  }

  /** Stops the QR codes because a phone has linked the device. */
  done(): void {
    this.qrCodes.pause();
  }

  /** Cleans up after the end of the connection. Replaces a secret that the phone may have, unless the phone has linked the device. */
  closed(): void {
    this.qrCodes.pause();
    clearTimeout(this.typed);
    const { passkey, credentials } = this.parts;
    if (passkey.connectionClosed() && !credentials.linked) this.renewSecret();
  }

  /**
   * Replaces the secret in the QR code on WhatsApp's request (since July 2026, Baileys issue 2737). The order matters: a QR code must never contain a secret
   * that is not stored, and WhatsApp must not get the acknowledgement before the new secret is in force.
   */
  private async refresh({ acknowledge }: LinkNotification): Promise<void> {
    const linked = this.parts.credentials.linked;
    if (onRegistrationRefresh({ linked, secretIsOut: this.secret.isOut }) === 'renew') await this.secret.renew();
    await acknowledge();
    this.qrCodes.showAgain();
  }

  /**
   * Handles a code that was typed on a phone. Baileys derives a secret with it that no QR code may contain. If the phone does not continue, the code has
   * failed, and QR codes continue with a new secret.
   */
  private codeTyped(): void {
    this.qrCodes.hold();
    clearTimeout(this.typed);
    this.typed = setTimeout(() => {
      this.notifications
        .inTurn(async () => {
          const { passkey, credentials, ended } = this.parts;
          if (credentials.linked || passkey.isUnderWay || ended.aborted) return;
          this.secret.setOut(false);
          await this.secret.renew();
          this.qrCodes.release();
        })
        .catch(() => undefined);
    }, PHONE_GOES_ON_MS).unref();
  }

  private giveUp(): void {
    this.renewSecret();
    this.listener?.passkeyOver();
  }

  /** Replaces the secret. An error is ignored here, because it also determines how the connection ends. */
  private renewSecret(): void {
    this.secret.renew().catch(() => undefined);
  }
}
