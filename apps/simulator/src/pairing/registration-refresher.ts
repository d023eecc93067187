import type { RefreshForm } from '@wabus/testing';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { element, secondsNow, SERVER_JID } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { PairingError } from './pairing-error.js';

const FORMS: readonly RefreshForm[] = ['companion_reg_refresh', 'pair-device-rotate-qr', 'none'];

/** What the service knows about the registration that one unlinked connection shows. */
interface Registration {
  /** Secrets of QR codes that count no more, base64. */
  retired: Set<string>;
  /** Ids of the refresh notifications sent. */
  refreshes: string[];
}

/**
 * Renews registrations: `<notification type="companion_reg_refresh">` tells an unlinked client to make a new ADV secret and to show the QR code again with it.
 * A phone that scans the old secret "couldn't link device" from then on.
 *
 * Sources: WhatsApp Web's handler, which takes either child (Baileys PR 2765); Baileys 2737, Evolution API 2437 and whatsapp-mcp 205, which saw it
 * come as the answer to a scan. Whether it may come without a child is not known; a client that takes no notice of the child is right in each case.
 *
 * The secret never goes to the service, so this one cannot know how the real one tells an old secret. It refuses three things: a secret that was scanned or
 * named before the refresh, any secret while the refresh is not acknowledged, and at last the client refuses when it has renewed and the phone has not.
 */
export class RegistrationRefresher {
  private readonly registrations = new Map<UnlinkedConnection, Registration>();
  private sent = 0;

  constructor(private readonly world: World) {}

  /** The forms take turns unless one is asked for. `shown` is the secret of the QR code on display, when it is known. Answers the notification's id. */
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

  /** @throws PairingError when the secret counts no more */
  checkSecret(connection: UnlinkedConnection, secret: string): void {
    if (this.registrationOf(connection).retired.has(secret))
      throw new PairingError('old-secret', "couldn't link device: the QR code carries a secret that is not used any more");
  }

  /** A phone scanned `secret`. @throws PairingError when the phone cannot link with it */
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
