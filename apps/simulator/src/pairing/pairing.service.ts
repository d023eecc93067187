import { randomBytes } from 'node:crypto';
import { WA_ADV_ACCOUNT_SIG_PREFIX, WA_ADV_DEVICE_SIG_PREFIX, hmacSign, proto } from '@whiskeysockets/baileys';
import { Device, type Account } from '../accounts/account.js';
import { Outbox } from '../accounts/outbox.js';
import type { UnlinkedConnection } from './unlinked-connection.js';
import { SilentLog, type SimulatorLog } from '../log.js';
import { signWithCurve, verify } from '../signal/curve.js';
import { SERVER_JID, child, element, integerOf, requiredBytes, requiredChild, type Stanza } from '../stanza/stanza.js';
import { deviceAnnouncerOf } from '../messages/device-announcer.js';
import { waitUntil } from '../wait-until.js';
import { isOlder } from '../version/version.policy.js';
import { emptyResult, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { LINK_CODE_TAG, type PairingSecrets } from './pairing-code.exchange.js';
import { PairingCodeService } from './pairing-code.service.js';
import { PairingError } from './pairing-error.js';
import { PasskeyService } from './passkey.service.js';
import { RegistrationRefresher } from './registration-refresher.js';

/** How long a scan by a phone, and the end of a link, wait at most for the acknowledgement of a notification. */
const ACKNOWLEDGEMENT_WAIT_MS = 1_000;

/** A companion that has received its new identity and has not signed it yet. */
interface PendingPairing {
  device: Device;
  /** The encoded `ADVDeviceIdentity`. */
  details: Buffer;
  /** The id of the `pair-success`. */
  request: string;
  settle(outcome: Device | PairingError): void;
}

/** Links companions to accounts: QR references, pairing codes, passkeys, the exchange of signed identities, and unlinking. */
export class PairingService {
  readonly codes: PairingCodeService;
  readonly passkeys: PasskeyService;
  readonly registrations: RegistrationRefresher;
  private readonly references = new Map<string, UnlinkedConnection>();
  private readonly pending = new Map<UnlinkedConnection, PendingPairing>();
  private readonly expiries = new Map<UnlinkedConnection, NodeJS.Timeout>();

  constructor(
    private readonly world: World,
    log: SimulatorLog = new SilentLog()
  ) {
    this.codes = new PairingCodeService(world);
    this.registrations = new RegistrationRefresher(world);
    this.passkeys = new PasskeyService(world, log, async (connection, account, secrets) => this.pair(connection, account, secrets));
  }

  /**
   * Registers a new companion: sends it its QR references, and closes it if it is not linked after 160
   * s. WhatsApp's service closes unlinked connections after 160 to 210 s, as others have observed.
   */
  open(connection: UnlinkedConnection): void {
    const { qrReferences, linking } = this.world.settings;
    const references = Array.from({ length: qrReferences }, () => `2@${randomBytes(24).toString('base64url')}`);
    for (const reference of references) this.references.set(reference, connection);
    const expiry = setTimeout(() => {
      connection.wire.close();
    }, linking.unlinkedConnectionMs);
    this.expiries.set(connection, expiry.unref());
    const refs = references.map(reference => element('ref', {}, Buffer.from(reference)));
    connection.wire.send(serverIq(this.world.nextId(), element('pair-device', {}, refs)));
    if (linking.registrationRefresh === 'with-qr') this.registrations.refresh(connection);
  }

  /** Handles the loss of a companion: deletes its references and its code, and ends its unfinished pairing. */
  leave(connection: UnlinkedConnection): void {
    clearTimeout(this.expiries.get(connection));
    this.expiries.delete(connection);
    for (const [reference, owner] of this.references) if (owner === connection) this.references.delete(reference);
    this.codes.leave(connection);
    this.passkeys.leave(connection);
    this.registrations.leave(connection);
    this.pending.get(connection)?.settle(new PairingError('companion-left', 'the companion has left before it signed'));
    this.pending.delete(connection);
  }

  /** Returns the unscanned QR references of a connection, in the order in which they are shown. */
  referencesOf(connection: UnlinkedConnection): string[] {
    return [...this.references].filter(([, owner]) => owner === connection).map(([reference]) => reference);
  }

  /** Returns the connection that shows a QR text, and the secret in the text. @throws PairingError if there is no such connection */
  shownBy(qr: string): { connection: UnlinkedConnection; identity: string; secret: string } {
    const [reference = '', , identity = '', secret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
    const connection = this.references.get(reference);
    if (!connection) throw new PairingError('no-companion', 'no companion is waiting with this QR code');
    return { connection, identity, secret };
  }

  /**
   * Handles a phone's scan of a QR text. Resolves once the companion has signed, with
   * `undefined` if the account requires a passkey first; rejects with {@link PairingError}.
   */
  async scanQr(account: Account, qr: string): Promise<Device | undefined> {
    const { connection, identity, secret } = this.shownBy(qr);
    const companionIdentity = Buffer.from(identity, 'base64');
    if (companionIdentity.length !== 32) throw new PairingError('no-companion', 'the QR code contains no identity key');
    this.registrations.checkSecret(connection, secret);
    await this.acknowledged(connection);
    this.registrations.check(connection, secret);
    return this.link(connection, account, { companionIdentity, advSecret: Buffer.from(secret, 'base64') });
  }

  /** Handles a code that the owner types. Resolves as {@link scanQr} does; rejects with {@link PairingError} if the code is wrong or no longer in force. */
  async enterCode(account: Account, code: string): Promise<Device | undefined> {
    const { connection, secrets } = await this.codes.enter(account, code);
    return this.link(connection, account, secrets);
  }

  /** Answers the iqs of `md`: pairing by code or passkey, and a companion that unlinks itself. */
  async answer(connection: UnlinkedConnection, request: IqRequest): Promise<IqAnswer> {
    const { tag, stanza, device } = request;
    // Stanzas that an iq triggers must follow its response on the wire, so they are sent in a later turn of the event loop.
    if (tag === 'remove-companion-device' && device) setImmediate(() => this.unlink(device));
    if (tag === LINK_CODE_TAG) return this.codes.answer(connection, requiredChild(stanza, tag));
    return (device ? undefined : await this.passkeys.answer(connection, request)) ?? emptyResult;
  }

  /** Handles the companion's response to an iq of the server; only the signed device identity matters. */
  answered(connection: UnlinkedConnection, stanza: Stanza): void {
    const signed = child(child(stanza, 'pair-device-sign'), 'device-identity');
    const pending = this.pending.get(connection);
    // Clients that find another secret in the identity respond with an error (zapo 7f7f560, whatsmeow 5f04eac6) or leave, as Baileys does.
    if (pending && stanza.attrs['type'] === 'error' && stanza.attrs['id'] === pending.request) {
      this.pending.delete(connection);
      pending.settle(new PairingError('companion-refused', "couldn't link device: the companion refused the identity"));
    }
    if (!signed || !pending) return;
    this.pending.delete(connection);
    const { device, details } = pending;
    const account = device.account;
    const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(requiredBytes(signed));
    const message = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, device.identityKey, account.phone.identity.public]);
    if (!deviceSignature || !verify(device.identityKey, message, deviceSignature)) {
      pending.settle(new PairingError('companion-refused', 'the signature of the companion is invalid'));
      connection.wire.close(element('failure', { reason: 401, location: 'sim' }));
      return;
    }
    account.devices.set(device.id, device);
    deviceAnnouncerOf(this.world).announce(device, 'add');
    this.world.events.emit('changed');
    void this.restart(connection);
    this.world.events.emit('device-change', { device });
    pending.settle(device);
  }

  /** Returns whether a companion has received its new identity: the service requests nothing else from it before it has logged in. */
  isLinking(connection: UnlinkedConnection): boolean {
    return this.pending.has(connection);
  }

  /** Unlinks a device: logs it out with 401 and deletes its queue. */
  unlink(device: Device): void {
    device.account.devices.delete(device.id);
    deviceAnnouncerOf(this.world).announce(device, 'remove');
    device.outbox.clear();
    device.drained = false;
    device.wire?.close(element('stream:error', { code: 401 }, [element('conflict', { type: 'device_removed' })]));
    this.world.events.emit('changed');
    this.world.events.emit('device-change', { device });
  }

  /** Restarts the linked companion so that it logs in, after waiting for acknowledgements in transit. */
  private async restart(connection: UnlinkedConnection): Promise<void> {
    await this.acknowledged(connection);
    connection.wire.close(element('stream:error', { code: 515 }));
  }

  private acknowledged(connection: UnlinkedConnection): Promise<boolean> {
    const condition = () => this.world.acknowledgements.isSettled(connection);
    return waitUntil(this.world, ['acknowledged'], { condition, waitMs: ACKNOWLEDGEMENT_WAIT_MS });
  }

  private link(connection: UnlinkedConnection, account: Account, secrets: PairingSecrets): Promise<Device | undefined> {
    const { oldestLinkingVersion } = this.world.settings.versions;
    // The phone shows only this text, and the companion gets no notification (Baileys 2679).
    if (connection.client && isOlder(connection.client.payload, oldestLinkingVersion))
      return Promise.reject(new PairingError('client-outdated', "couldn't link device"));
    if (account.passkeyTerms.required === 'never') return this.pair(connection, account, secrets);
    this.passkeys.begin(connection, account, secrets);
    return Promise.resolve(undefined);
  }

  private pair(connection: UnlinkedConnection, account: Account, secrets: PairingSecrets): Promise<Device> {
    const device = this.newDevice(connection, account);
    const details = Buffer.from(
      proto.ADVDeviceIdentity.encode({
        rawId: 1,
        timestamp: Math.floor(Date.now() / 1000),
        keyIndex: device.keyIndex,
        accountType: proto.ADVEncryptionType.E2EE,
        deviceType: proto.ADVEncryptionType.E2EE
      }).finish()
    );
    const request = this.world.nextId();
    const outcome = new Promise<Device>((resolve, reject) => {
      const settle = (result: Device | PairingError) => {
        if (result instanceof PairingError) reject(result);
        else resolve(result);
      };
      this.pending.set(connection, { device, details, request, settle });
    });
    connection.wire.send(serverIq(request, pairSuccess(device, details, secrets)));
    return outcome;
  }

  private newDevice(connection: UnlinkedConnection, account: Account): Device {
    const client = connection.client;
    const data = client?.payload.devicePairingData;
    if (!client || !data?.eIdent || !data.eRegid || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
      throw new PairingError('companion-refused', 'the companion registered without its keys');
    }
    const id = account.nextDevice++;
    return new Device(
      account,
      {
        id,
        keyIndex: id,
        identityKey: Buffer.from(data.eIdent),
        registrationId: integerOf(Buffer.from(data.eRegid)),
        signedPreKey: {
          id: integerOf(Buffer.from(data.eSkeyId)),
          publicKey: Buffer.from(data.eSkeyVal),
          signature: Buffer.from(data.eSkeySig)
        },
        noiseKey: client.clientStatic
      },
      new Outbox()
    );
  }
}

function pairSuccess(device: Device, details: Buffer, { companionIdentity, advSecret }: PairingSecrets): Stanza {
  const { account } = device;
  const identity = account.phone.identity;
  const accountSignature = signWithCurve(identity.private, Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, companionIdentity]));
  const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: identity.public, accountSignature }).finish();
  const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmacSign(signed, advSecret) }).finish();
  return element('pair-success', {}, [
    element('device-identity', {}, sealed),
    element('biz', { name: account.name }),
    element('platform', { name: 'android' }),
    element('device', { jid: device.jid('pn'), lid: device.jid('lid') }),
    // WAWebHandlePairSuccess, whatsapp-rust 941: whether the direct chats of the account are addressed by LID.
    element('client-props', {}, proto.ClientPairingProps.encode({ isChatDbLidMigrated: account.migrated }).finish())
  ]);
}

function serverIq(id: string, content: Stanza): Stanza {
  return element('iq', { from: SERVER_JID, type: 'set', id, xmlns: 'md' }, [content]);
}
