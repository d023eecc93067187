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
  /** How long each QR code is shown; 60 s for the first and 20 s for the others when `null`. */
  readonly qrTimeoutMs: number | null;
  /** Of the session, from connection to connection. */
  readonly passkey: PasskeyExchange;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** A phone that typed the right code links the device, or asks for a passkey, within seconds. */
const PHONE_GOES_ON_MS = 60_000;

/** What linking reports to the connection it belongs to. */
export interface LinkingListener {
  /** WhatsApp offers to link a phone. `silently`: a passkey link is in progress, and no QR code follows. */
  offered(silently: boolean): void;
  /** The passkey link failed or was given up: a new connection is to show a new QR code. */
  passkeyOver(): void;
  /** The QR codes have been shown for their whole time, and nobody scanned one. */
  qrCodesUsedUp(): void;
  /** The pairing code is used up. Here is a new one, or `null` when a person has to ask for it. */
  pairingCode(code: string | null): void;
}

/**
 * Linking a phone over one connection: by QR code and by pairing code, each with the passkey of the account where WhatsApp asks for it. Does what Baileys 7.0.0-rc14 does not, through its public parts; create it in the same step as the socket.
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

  /** The one listener. */
  listen(listener: LinkingListener): void {
    this.listener = listener;
  }

  /**
   * Asks for a code to type on the phone. Throws `REFUSED_BY_WHATSAPP`, `TIMEOUT` and `NOT_CONNECTED`: QR codes continue then.
   * @param phoneNumber digits
   */
  requestPairingCode(phoneNumber: string, customCode?: string): Promise<string> {
    return this.notifications.inTurn(() => this.codes.request(phoneNumber, customCode));
  }

  /** Sends what a browser signed; see `PasskeyCeremony.submit`. */
  submitPasskey(assertion: unknown): Promise<void> {
    return this.passkeys.submit(assertion);
  }

  /** Says whether the phone shows the same code; see `PasskeyCeremony.confirm`. */
  confirmPasskey(equal: boolean): Promise<void> {
    return this.passkeys.confirm(equal);
  }

  /** A phone has linked the device: no QR code follows. */
  done(): void {
    this.qrCodes.pause();
  }

  /** The connection has ended. A secret that the phone may have does not outlive it, unless the phone has linked the device with it. */
  closed(): void {
    this.qrCodes.pause();
    clearTimeout(this.typed);
    const { passkey, credentials } = this.parts;
    if (passkey.connectionClosed() && !credentials.linked) this.renewSecret();
  }

  /**
   * The secret in the QR code must not be used any more (WhatsApp since July 2026, Baileys issue 2737). The order matters: a phone must find no secret that is not stored, and the
   * service no acknowledgement of one that is not in force.
   */
  private async refresh({ acknowledge }: LinkNotification): Promise<void> {
    const linked = this.parts.credentials.linked;
    if (onRegistrationRefresh({ linked, secretIsOut: this.secret.isOut }) === 'renew') await this.secret.renew();
    await acknowledge();
    this.qrCodes.showAgain();
  }

  /**
   * A phone has typed the code. Baileys makes a secret with it that no QR code may show. When the phone does not continue, the code has failed: QR codes follow with another
   * secret.
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

  /** The end of the connection shows whether it is stored. */
  private renewSecret(): void {
    this.secret.renew().catch(() => undefined);
  }
}
