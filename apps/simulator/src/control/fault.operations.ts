import type { Device } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import { ControlError, readFaults } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** Operations that cause faults, and the figures that show their effects. */
export function faultOperations({ world, directory, faults }: ControlContext): Pick<OperationTable, 'disconnect' | 'setFaults' | 'stats'> {
  return {
    disconnect(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const how = fields.oneOf('how', ['reset', 'close', 'stream-error']);
      const code = fields.optionalInteger('code', { min: 100, max: 999 });
      const conflict = fields.optionalBoolean('conflict') ?? false;
      if (how === 'stream-error' && code === undefined && !conflict) throw new ControlError('a stream error needs a code or a conflict');
      const live = account.companions().filter(device => device.online);
      for (const device of live) end(device, how, streamError(code, conflict));
      return { closed: live.length };
    },

    setFaults(fields) {
      const settings = readFaults(fields.object('faults'));
      const phoneNumber = fields.optionalString('phoneNumber');
      if (phoneNumber === undefined) faults.setForAll(settings);
      else if (settings.refuseUpgradeWith !== undefined)
        throw new ControlError('an upgrade fault applies to all clients: leave phoneNumber out');
      else faults.setFor(directory.account(phoneNumber), settings);
      return {};
    },

    stats() {
      const { counters } = world;
      const devices = world.accounts.all().flatMap(account => account.companions());
      return {
        connections: counters.connections,
        logins: counters.logins,
        conflicts: counters.conflicts,
        messagesToDevices: counters.messagesToDevices,
        messagesFromDevices: counters.messagesFromDevices,
        retriesByDevices: counters.retriesByDevices,
        retriesByPhones: counters.retriesByPhones,
        pings: counters.pings,
        pongs: counters.pongs,
        slowestPostAckMs: counters.slowestPostAckMs,
        unconfirmed: devices.reduce((sum, device) => sum + device.outbox.size, 0),
        iqs: Object.fromEntries(counters.iqs)
      };
    }
  };
}

function end(device: Device, how: 'reset' | 'close' | 'stream-error', error: Stanza): void {
  if (how === 'reset') device.wire?.reset();
  else device.wire?.close(how === 'close' ? undefined : error);
}

function streamError(code: number | undefined, conflict: boolean): Stanza {
  const type = code === 401 ? 'device_removed' : 'replaced';
  return element('stream:error', { code }, conflict ? [element('conflict', { type })] : undefined);
}
