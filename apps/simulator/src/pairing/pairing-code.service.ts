import type { Account } from '../accounts/account.js';
import { splitJid } from '../accounts/jid.js';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { MalformedStanzaError, SERVER_JID, stanzaBytes, child, element, secondsNow, stanzaText, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { isKnownDisplayName, isKnownPlatformId } from './display-name.policy.js';
import { LINK_CODE_TAG, PairingCodeExchange, type PairingSecrets } from './pairing-code.exchange.js';
import { PairingError } from './pairing-error.js';

const PHONE_NUMBER = /^\d{5,15}$/;

/** Pairing by code: the pending requests, the codes in force, and the limit of requests per number. */
export class PairingCodeService {
  /** The code in force by phone number. */
  private readonly codes = new Map<string, PairingCodeExchange>();
  /** The times at which each number requested a code. */
  private readonly requests = new Map<string, number[]>();

  constructor(private readonly world: World) {}

  /** Answers a `<link_code_companion_reg>`: a request for a code, or the end of a key exchange. */
  answer(connection: UnlinkedConnection, registration: Stanza): IqAnswer {
    const phoneNumber = splitJid(registration.attrs['jid'])?.user;
    if (phoneNumber === undefined) throw new MalformedStanzaError('a companion registration without a phone number');
    if (registration.attrs['stage'] === 'companion_hello') return this.hello(connection, phoneNumber, registration);
    const exchange = this.codes.get(phoneNumber);
    if (!exchange?.hasReference(stanzaBytes(child(registration, 'link_code_pairing_ref')))) return iqRefusal.badRequest;
    // Stanzas that an iq triggers must follow its response on the wire, so they are sent in a later turn of the event loop.
    setImmediate(() => exchange.finish(registration));
    return emptyResult;
  }

  /** Returns whether a companion is waiting with a code for this number. */
  awaits(phoneNumber: string): boolean {
    return this.codes.has(phoneNumber);
  }

  /** Returns the exchange of a connection for which a code is in force. */
  of(connection: UnlinkedConnection): PairingCodeExchange | undefined {
    return [...this.codes.values()].find(exchange => exchange.connection === connection);
  }

  /** Returns the exchange for the code that a number requested. */
  for(phoneNumber: string): PairingCodeExchange | undefined {
    return this.codes.get(phoneNumber);
  }

  /**
   * Handles a code that the owner types. A wrong code invalidates the code on display: the
   * companion is notified to generate another. Resolves with the secrets that both sides now share.
   * @throws PairingError
   */
  async enter(account: Account, code: string): Promise<{ connection: UnlinkedConnection; secrets: PairingSecrets }> {
    const exchange = this.codes.get(account.phoneNumber);
    if (!exchange) throw new PairingError('no-companion', 'no companion is waiting for a code');
    if (exchange.ageMs() > this.world.settings.linking.pairingCodeMs) {
      this.codes.delete(account.phoneNumber);
      throw new PairingError('used-code', "couldn't link device: the code has expired");
    }
    const secrets = await exchange.enter(code, account.phone.identity, this.world.nextId());
    if (!secrets) {
      this.refresh(exchange, { forceManual: false });
      throw new PairingError('wrong-code', 'the code is wrong');
    }
    this.codes.delete(account.phoneNumber);
    return { connection: exchange.connection, secrets };
  }

  /**
   * Invalidates the code in force with `<link_code_companion_reg stage="refresh_code" force_manual_refresh>`
   * and the reference of the code. The companion generates a new code automatically, or asks its user first
   * if `forceManual` is true. A reference other than the one in force has no effect.
   * Sources: WhatsApp Web, whose code screen generates a new code immediately or shows a button
   * (`WAWebLinkDevicePhoneNumberCodeScreen`); zapo, which compares the reference. Returns the notification's id.
   */
  refresh(exchange: PairingCodeExchange, { forceManual, oldReference = false }: { forceManual: boolean; oldReference?: boolean }): string {
    const id = this.world.nextId();
    if (!oldReference && this.codes.get(exchange.phoneNumber) === exchange) this.codes.delete(exchange.phoneNumber);
    exchange.connection.wire.send(
      element('notification', { from: SERVER_JID, type: LINK_CODE_TAG, id, t: secondsNow() }, [
        element(LINK_CODE_TAG, { stage: 'refresh_code', force_manual_refresh: String(forceManual) }, [
          element('link_code_pairing_ref', {}, oldReference ? Buffer.from('a reference of another code') : exchange.reference)
        ])
      ])
    );
    return id;
  }

  leave(connection: UnlinkedConnection): void {
    for (const [phoneNumber, exchange] of this.codes) {
      if (exchange.connection !== connection) continue;
      this.codes.delete(phoneNumber);
      exchange.abandon(new PairingError('companion-left', 'the companion has left'));
    }
  }

  private hello(connection: UnlinkedConnection, phoneNumber: string, registration: Stanza): IqAnswer {
    if (!PHONE_NUMBER.test(phoneNumber) || !isAcceptable(connection, registration)) return iqRefusal.badRequest;
    if (this.tooMany(phoneNumber)) return iqRefusal.rateOverLimit;
    const exchange = new PairingCodeExchange(connection, phoneNumber, registration);
    this.codes.get(phoneNumber)?.abandon(new PairingError('used-code', 'the companion has requested another code'));
    this.codes.set(phoneNumber, exchange);
    setImmediate(() => this.world.events.emit('pairing-code-hello', { phoneNumber }));
    return { result: [exchange.helloAnswer()] };
  }

  private tooMany(phoneNumber: string): boolean {
    const { pairingCodesPerNumber, pairingCodeWindowMs } = this.world.settings.linking;
    const recent = (this.requests.get(phoneNumber) ?? []).filter(at => at > Date.now() - pairingCodeWindowMs);
    const allowed = recent.length < pairingCodesPerNumber;
    this.requests.set(phoneNumber, allowed ? [...recent, Date.now()] : recent);
    return !allowed;
  }
}

/** Returns whether a request for a code names a client that WhatsApp supports, and the connection that sent it. */
function isAcceptable({ client }: UnlinkedConnection, registration: Stanza): boolean {
  return (
    isKnownDisplayName(stanzaText(child(registration, 'companion_platform_display'))) &&
    isKnownPlatformId(stanzaText(child(registration, 'companion_platform_id'))) &&
    client !== undefined &&
    client.clientStatic.equals(stanzaBytes(child(registration, 'companion_server_auth_key_pub')) ?? Buffer.alloc(0))
  );
}
