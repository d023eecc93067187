import type { SimulatedDevice } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { migrationMessage } from '../messages/lid-migration.content.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import { waitUntil } from '../wait-until.js';
import { ControlError } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const DEFAULT_WAIT_MS = 10_000;

type AccountOperations = Pick<
  OperationTable,
  | 'createAccount'
  | 'listAccounts'
  | 'migrate'
  | 'registerAgain'
  | 'scanQr'
  | 'enterPairingCode'
  | 'unlinkDevice'
  | 'forgetSessions'
  | 'devices'
  | 'awaitDevice'
  | 'logins'
>;

/** Operations on accounts, pairing and linked devices. */
export function accountOperations({ world, directory, pairing, logins }: ControlContext): AccountOperations {
  return {
    createAccount(fields) {
      const wanted = {
        phoneNumber: fields.optionalPhoneNumber('phoneNumber'),
        name: fields.optionalString('name'),
        advertisePhone: fields.optionalBoolean('advertisePhone'),
        hidesNumber: fields.optionalBoolean('hidesNumber'),
        username: fields.optionalString('username'),
        migrated: fields.optionalBoolean('migrated'),
        lidHidden: fields.optionalBoolean('lidHidden')
      };
      return world.accounts.create(wanted).describe();
    },

    listAccounts() {
      return world.accounts.all().map(account => account.describe());
    },

    async migrate(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      account.migrated = true;
      world.events.emit('changed');
      if (fields.oneOf('how', ['message', 'prop']) === 'message') await phoneSenderOf(world).sendPeer(account, migrationMessage(world));
      return {};
    },

    registerAgain(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      for (const device of account.companions()) pairing.unlink(device);
      return world.accounts.registerAgain(account).describe();
    },

    async scanQr(fields) {
      const device = await pairing.scanQr(directory.account(fields.string('phoneNumber')), fields.string('qr'));
      return { device: device?.id ?? null };
    },

    async enterPairingCode(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const code = fields.string('code').replace('-', '');
      const condition = () => pairing.codes.awaits(account.phoneNumber);
      await waitUntil(world, ['pairing-code-hello'], { condition, waitMs: fields.waitMs(DEFAULT_WAIT_MS) });
      const device = await pairing.enterCode(account, code);
      return { device: device?.id ?? null };
    },

    unlinkDevice(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const only = fields.optionalInteger('device', { min: 1, max: 1_000_000 });
      const doomed = account.companions().filter(device => only === undefined || device.id === only);
      if (only !== undefined && doomed.length === 0) throw new ControlError(`no linked device ${only}`);
      for (const device of doomed) pairing.unlink(device);
      return { removed: doomed.length };
    },

    async forgetSessions(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const { phone } = account;
      account.unreadable = fields.optionalInteger('unreadable', { min: 0, max: 100 }) ?? 0;
      const what = fields.optionalOneOf('what', ['sessions', 'sender-keys']) ?? 'sessions';
      await (what === 'sessions' ? phone.forgetSessions() : phone.forgetSenderKeys());
      return {};
    },

    devices(fields) {
      return describeDevices(directory.account(fields.string('phoneNumber')));
    },

    logins(fields) {
      const phoneNumber = fields.optionalString('phoneNumber');
      return logins.list(phoneNumber === undefined ? undefined : directory.account(phoneNumber).phoneNumber);
    },

    async awaitDevice(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const online = fields.boolean('online');
      const condition = online
        ? () => account.companions().some(device => device.drained)
        : () => account.companions().every(device => !device.online);
      const held = await waitUntil(world, ['device-change'], { condition, waitMs: fields.waitMs(DEFAULT_WAIT_MS) });
      if (!held) throw new ControlError(`no linked device of ${account.phoneNumber} went ${online ? 'online' : 'offline'} in time`);
      return describeDevices(account);
    }
  };
}

function describeDevices(account: Account): SimulatedDevice[] {
  return account
    .companions()
    .map(device => ({ device: device.id, online: device.drained, unconfirmed: device.outbox.size, logins: device.logins }));
}
