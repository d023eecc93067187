import type { RefreshForm } from '@wabus/testing';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { element, secondsNow, SERVER_JID } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { PairingError } from './pairing-error.js';

const FORMS: readonly RefreshForm[] = ['companion_reg_refresh', 'pair-device-rotate-qr', 'none'];

/** The service's data about the registration that one unlinked connection shows. */
interface Registration {
  /** Secrets of QR codes that are no longer valid, base64. */
  retired: Set<string>;
  /** Ids of the refresh notifications sent. */
  refreshes: string[];
}

/**
 * Renews registrations: `<notification type="companion_reg_refresh">` requests
 * that an unlinked client generate a new ADV secret and show the QR code with it.
 * From then on, a phone that scans the old secret "couldn't link device".
 *
 * Sources: WhatsApp Web's handler, which accepts either child (Baileys PR 2765); Baileys 2737, Evolution API 2437 and whatsapp-mcp 205, in which it
 * came as the response to a scan. Whether it may come without a child is not known; a client that ignores the child is correct in each case.
 *
 * The secret never reaches the service, so the simulator cannot model how the real one detects an old secret.
 * The simulator refuses a secret that was scanned or named before the refresh, and any secret until the
 * refresh is acknowledged. Finally, the client refuses if it has renewed the secret and the phone has not.
 */
export class RegistrationRefresher {
  private readonly registrations = new Map<UnlinkedConnection, Registration>();
  private sent = 0;

  constructor(private readonly world: World) {}

  /**
   * Sends a refresh; the forms take turns unless `form` is given. `shown` is the
   * secret of the current QR code, if known. Returns the notification's id.
   */
  refresh(connection: UnlinkedConnection, { form, shown }: { form?: RefreshForm; shown?: string } = {}): string {
    const registration = this.registrationOf(connection);
    const id = this.world.nextId();
    const child = form ?? FORMS[this.sent++ % FORMS.length] ?? 'none';
    if (shown !== undefined) registration.retired.add(shown);
    registration.refreshes.push(id);
    connection.wire.send(
      element(
        'notification',
        { from: SERVER_JID, type: 'companion_reg_refresh', id, t: secondsNow() },
        child === 'none' ? undefined : [element(child)]
      )
    );
    return id;
  }

  /** Checks that a secret is still valid. @throws PairingError if it is not */
  checkSecret(connection: UnlinkedConnection, secret: string): void {
    if (this.registrationOf(connection).retired.has(secret))
      throw new PairingError('old-secret', "couldn't link device: the QR code contains a secret that is no longer used");
  }

  /** Checks the secret that a phone scanned. @throws PairingError if the phone cannot link with it */
  check(connection: UnlinkedConnection, secret: string): void {
    this.checkSecret(connection, secret);
    const { refreshes } = this.registrationOf(connection);
    if (refreshes.length === 0 && this.world.settings.linking.registrationRefresh === 'at-scan') {
      this.refresh(connection, { shown: secret });
      throw new PairingError(
        'registration-refreshed',
        "couldn't link device: the service refreshed the registration; scan the QR code that is shown now"
      );
    }
    if (refreshes.some(id => this.world.acknowledgements.isDue(id))) {
      throw new PairingError(
        'refresh-not-acknowledged',
        "couldn't link device: the client has not acknowledged that its registration was refreshed"
      );
    }
  }

  leave(connection: UnlinkedConnection): void {
    this.registrations.delete(connection);
  }

  private registrationOf(connection: UnlinkedConnection): Registration {
    const known = this.registrations.get(connection);
    if (known) return known;
    const registration: Registration = { retired: new Set(), refreshes: [] };
    this.registrations.set(connection, registration);
    return registration;
  }
}
