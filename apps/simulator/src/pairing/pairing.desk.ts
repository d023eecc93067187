import { randomBytes } from 'node:crypto';
import { hmacSign, proto, WA_ADV_ACCOUNT_SIG_PREFIX, WA_ADV_DEVICE_SIG_PREFIX } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Device } from '../accounts/device.js';
import { parseJid } from '../accounts/jid.js';
import type { Connection } from '../connection/connection.js';
import { Outbox } from '../connection/outbox.js';
import { emptyResult, type IqAnswer, type IqRequest } from '../iq-contract.js';
import { sign, verify } from '../signal/curve.js';
import {
  child,
  element,
  integerOf,
  MalformedStanzaError,
  requiredBytes,
  requiredChild,
  SERVER_JID,
  type Stanza
} from '../stanza/stanza.js';
import type { World } from '../world.js';
import { PairingCodeExchange } from './pairing-code.exchange.js';

/** Why a pairing did not come about: an unknown QR, a wrong code, a client that left or signed wrongly. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
}

/** A companion that has been told its new identity and still has to sign it. */
interface PendingPairing {
  device: Device;
  /** The encoded `ADVDeviceIdentity`. */
  details: Buffer;
  settle(outcome: Device | PairingError): void;
}

/** Links companions to accounts: QR references, pairing codes, the exchange of signed identities, and unlinking. */
export class PairingDesk {
  private readonly references = new Map<string, Connection>();
  private readonly codes = new Map<string, PairingCodeExchange>();
  private readonly pending = new Map<Connection, PendingPairing>();
  private readonly expiries = new Map<Connection, NodeJS.Timeout>();

  constructor(private readonly world: World) {}

  /** A new companion: it gets its QR references, and is closed when all of them have lapsed. */
  open(connection: Connection): void {
    const references = Array.from({ length: this.world.settings.qrReferences }, () => `2@${randomBytes(24).toString('base64url')}`);
    for (const reference of references) this.references.set(reference, connection);
    const expiry = setTimeout(() => {
      connection.wire.close();
    }, this.world.settings.qrLifetimeMs);
    this.expiries.set(connection, expiry.unref());
    const refs = references.map(reference => element('ref', {}, Buffer.from(reference)));
    connection.wire.send(serverIq(this.world, element('pair-device', {}, refs)));
  }

  /** The companion is gone: its references, its code and its half-done pairing end. */
  leave(connection: Connection): void {
    clearTimeout(this.expiries.get(connection));
    this.expiries.delete(connection);
    for (const [reference, owner] of this.references) if (owner === connection) this.references.delete(reference);
    for (const [phoneNumber, exchange] of this.codes) {
      if (exchange.connection !== connection) continue;
      this.codes.delete(phoneNumber);
      exchange.abandon(new PairingError('the companion has left'));
    }
    this.pending.get(connection)?.settle(new PairingError('the companion has left before it signed'));
    this.pending.delete(connection);
  }

  /** The phone scans a QR text. Settles when the companion has signed; rejects with {@link PairingError}. */
  async scanQr(account: Account, qr: string): Promise<Device> {
    const [reference = '', , identity = '', secret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
    const connection = this.references.get(reference);
    if (!connection) throw new PairingError('no companion waits with this QR');
    const companionIdentity = Buffer.from(identity, 'base64');
    if (companionIdentity.length !== 32) throw new PairingError('the QR carries no identity key');
    return this.pair(connection, account, { companionIdentity, advSecret: Buffer.from(secret, 'base64') });
  }

  /** Whether a companion has asked for pairing by code with this number. */
  awaitsCode(phoneNumber: string): boolean {
    return this.codes.has(phoneNumber);
  }

  /** The owner types a code. A wrong one rejects with {@link PairingError} and leaves the companion waiting for another try. */
  async enterCode(account: Account, code: string): Promise<Device> {
    const exchange = this.codes.get(account.phoneNumber);
    if (!exchange) throw new PairingError('no companion waits for a code');
    const secrets = await exchange.enter(code, account.phone.identity, this.world.nextId());
    if (!secrets) throw new PairingError('the code is wrong');
    this.codes.delete(account.phoneNumber);
    return this.pair(exchange.connection, account, secrets);
  }

  /** Answers the iqs of `md`: pairing by code, and a companion that unlinks itself. */
  answer(connection: Connection, request: IqRequest): IqAnswer {
    const { tag, stanza, device } = request;
    // What an iq sets off must follow its answer on the wire, hence the turn of the event loop in between.
    if (tag === 'remove-companion-device' && device) setImmediate(() => this.unlink(device));
    if (tag !== 'link_code_companion_reg') return emptyResult;
    const registration = requiredChild(stanza, tag);
    const phoneNumber = parseJid(registration.attrs['jid'])?.user;
    if (phoneNumber === undefined) throw new MalformedStanzaError('a companion registration without a phone number');
    if (registration.attrs['stage'] !== 'companion_hello') {
      setImmediate(() => this.codes.get(phoneNumber)?.finish(registration));
      return emptyResult;
    }
    const exchange = new PairingCodeExchange(connection, registration);
    this.codes.set(phoneNumber, exchange);
    setImmediate(() => this.world.events.emit('pairing-code-hello', { phoneNumber }));
    return { result: [exchange.helloAnswer()] };
  }

  /** Takes the companion's answer to an iq of the server; only the signed device identity matters. */
  answered(connection: Connection, stanza: Stanza): void {
    const signed = child(child(stanza, 'pair-device-sign'), 'device-identity');
    const pending = this.pending.get(connection);
    if (!signed || !pending) return;
    this.pending.delete(connection);
    const { device, details } = pending;
    const account = device.account;
    const { deviceSignature } = proto.ADVSignedDeviceIdentity.decode(requiredBytes(signed));
    const message = Buffer.concat([WA_ADV_DEVICE_SIG_PREFIX, details, device.identityKey, account.phone.identity.public]);
    if (!deviceSignature || !verify(device.identityKey, message, deviceSignature)) {
      pending.settle(new PairingError('the companion signed wrongly'));
      connection.wire.close(element('failure', { reason: 401, location: 'sim' }));
      return;
    }
    account.devices.set(device.id, device);
    this.world.events.emit('changed');
    connection.wire.close(element('stream:error', { code: 515 }));
    this.world.events.emit('device-change', { device });
    pending.settle(device);
  }

  /** The device is no longer linked: it is logged out with 401 and its queue is gone. */
  unlink(device: Device): void {
    device.account.devices.delete(device.id);
    device.outbox.clear();
    device.drained = false;
    device.wire?.close(element('stream:error', { code: 401 }, [element('conflict', { type: 'device_removed' })]));
    this.world.events.emit('changed');
    this.world.events.emit('device-change', { device });
  }

  private pair(connection: Connection, account: Account, secrets: PairingSecrets): Promise<Device> {
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
    const outcome = new Promise<Device>((resolve, reject) => {
      const settle = (result: Device | PairingError) => {
        if (result instanceof PairingError) reject(result);
        else resolve(result);
      };
      this.pending.set(connection, { device, details, settle });
    });
    connection.wire.send(serverIq(this.world, pairSuccess(device, details, secrets)));
    return outcome;
  }

  private newDevice(connection: Connection, account: Account): Device {
    const client = connection.client;
    const data = client?.payload.devicePairingData;
    if (!client || !data?.eIdent || !data.eRegid || !data.eSkeyId || !data.eSkeyVal || !data.eSkeySig) {
      throw new PairingError('the companion registered without its keys');
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

interface PairingSecrets {
  companionIdentity: Buffer;
  /** Known to the phone and the companion only: proves that the phone, not the server, made the identity. */
  advSecret: Buffer;
}

function pairSuccess(device: Device, details: Buffer, { companionIdentity, advSecret }: PairingSecrets): Stanza {
  const { account } = device;
  const identity = account.phone.identity;
  const accountSignature = sign(identity.private, Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, companionIdentity]));
  const signed = proto.ADVSignedDeviceIdentity.encode({ details, accountSignatureKey: identity.public, accountSignature }).finish();
  const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmacSign(signed, advSecret) }).finish();
  return element('pair-success', {}, [
    element('device-identity', {}, sealed),
    element('biz', { name: account.name }),
    element('platform', { name: 'android' }),
    element('device', { jid: device.jid('pn'), lid: device.jid('lid') })
  ]);
}

function serverIq(world: World, content: Stanza): Stanza {
  return element('iq', { from: SERVER_JID, type: 'set', id: world.nextId(), xmlns: 'md' }, [content]);
}
