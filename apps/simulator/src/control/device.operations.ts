import { Curve, signedKeyPair } from '@whiskeysockets/baileys';
import { Device, type Account } from '../accounts/account.js';
import { HOSTED_DEVICE } from '../accounts/jid.js';
import { Outbox } from '../accounts/outbox.js';
import { deviceAnnouncerOf } from '../messages/device-announcer.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** The operation that adds a device without a client. */
export function deviceOperations({ world, directory }: ControlContext): Pick<OperationTable, 'addDevice'> {
  return {
    addDevice(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const device = newDevice(account, fields.optionalBoolean('hosted') ? HOSTED_DEVICE : account.nextDevice++);
      device.keyless = !(fields.optionalBoolean('keys') ?? true);
      account.devices.set(device.id, device);
      if (!fields.optionalBoolean('silently')) deviceAnnouncerOf(world).announce(device, 'add');
      world.events.emit('device-change', { device });
      return { device: device.id, lidJid: device.jid('lid') };
    }
  };
}

function newDevice(account: Account, id: number): Device {
  const identity = Curve.generateKeyPair();
  const { keyPair, signature, keyId } = signedKeyPair(identity, 1);
  const signedPreKey = { id: keyId, publicKey: Buffer.from(keyPair.public), signature: Buffer.from(signature) };
  const keys = { identityKey: Buffer.from(identity.public), registrationId: id, signedPreKey, noiseKey: Buffer.alloc(32) };
  return new Device(account, { id, keyIndex: id, ...keys }, new Outbox());
}
