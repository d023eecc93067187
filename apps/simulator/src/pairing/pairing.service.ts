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

/** A phone that scans, and the end of a link, come this much later than a notification at least. */
const ACKNOWLEDGEMENT_WAIT_MS = 1_000;

/** A companion that has been told its new identity and still has to sign it. */
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
   * A new companion: it gets its QR references, and is closed when it is not linked after 160 s. WhatsApp's service closes unlinked connections after 160
   * to 210 s, as others have observed.
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

  /** The companion is gone: its references, its code and its half-done pairing end. */
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

  /** The QR references of a connection that nobody has scanned, in the order in which they are shown. */
  referencesOf(connection: UnlinkedConnection): string[] {
    return [...this.references].filter(([, owner]) => owner === connection).map(([reference]) => reference);
  }

  /** Who shows a QR text, and the secret in it. @throws PairingError when nobody does */
  shownBy(qr: string): { connection: UnlinkedConnection; identity: string; secret: string } {
    const [reference = '', , identity = '', secret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
    const connection = this.references.get(reference);
    if (!connection) throw new PairingError('no-companion', 'no companion waits with this QR');
    return { connection, identity, secret };
  }

  /**
   * The phone scans a QR text. Settles when the companion has signed, with `undefined` when the account wants a passkey first; rejects with
   * {@link PairingError}.
   */
  async scanQr(account: Account, qr: string): Promise<Device | undefined> {
    const { connection, identity, secret } = this.shownBy(qr);
    const companionIdentity = Buffer.from(identity, 'base64');
    if (companionIdentity.length !== 32) throw new PairingError('no-companion', 'the QR carries no identity key');
    this.registrations.checkSecret(connection, secret);
    await this.acknowledged(connection);
    this.registrations.check(connection, secret);
    return this.link(connection, account, { companionIdentity, advSecret: Buffer.from(secret, 'base64') });
  }

  /** The owner types a code. Settles as {@link scanQr} does; rejects with {@link PairingError} when it is wrong or used up. */
  async enterCode(account: Account, code: string): Promise<Device | undefined> {
    const { connection, secrets } = await this.codes.enter(account, code);
    return this.link(connection, account, secrets);
  }

  /** Answers the iqs of `md`: pairing by code or passkey, and a companion that unlinks itself. */
  async answer(connection: UnlinkedConnection, request: IqRequest): Promise<IqAnswer> {
    const { tag, stanza, device } = request;
    // What an iq sets off must follow its answer on the wire, so there is a turn of the event loop in between.
    if (tag === 'remove-companion-device' && device) setImmediate(() => this.unlink(device));
    if (tag === LINK_CODE_TAG) return this.codes.answer(connection, requiredChild(stanza, tag));
    return (device ? undefined : await this.passkeys.answer(connection, request)) ?? emptyResult;
  }

  /** Takes the companion's answer to an iq of the server; only the signed device identity matters. */
  answered(connection: UnlinkedConnection, stanza: Stanza): void {
    const signed = child(child(stanza, 'pair-device-sign'), 'device-identity');
    const pending = this.pending.get(connection);
    // Clients that find another secret in the identity answer with an error (zapo 7f7f560, whatsmeow 5f04eac6) or leave, as Baileys does.
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
      pending.settle(new PairingError('companion-refused', 'the companion signed wrongly'));
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

  /** Whether a companion has been told its new identity: the service asks nothing more of it before it has logged in. */
  isLinking(connection: UnlinkedConnection): boolean {
    return this.pending.has(connection);
  }

  /** The device is no longer linked: it is logged out with 401 and its queue is gone. */
  unlink(device: Device): void {
    device.account.devices.delete(device.id);
    deviceAnnouncerOf(this.world).announce(device, 'remove');
    device.outbox.clear();
    device.drained = false;
    device.wire?.close(element('stream:error', { code: 401 }, [element('conflict', { type: 'device_removed' })]));
    this.world.events.emit('changed');
    this.world.events.emit('device-change', { device });
  }

  /** The linked companion is to log in. Acknowledgements that are on their way are waited for. */
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
    // The phone says only this, and the companion hears nothing (Baileys 2679).
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
    // WAWebHandlePairSuccess, whatsapp-rust 941: whether the direct chats of the account go by LID.
    element('client-props', {}, proto.ClientPairingProps.encode({ isChatDbLidMigrated: account.migrated }).finish())
  ]);
}

function serverIq(id: string, content: Stanza): Stanza {
  return element('iq', { from: SERVER_JID, type: 'set', id, xmlns: 'md' }, [content]);
}
