import type { LoginPeriod } from '@wabus/testing';
import type { Device, DeviceWire } from '../accounts/account.js';
import type { World } from '../world/world.js';

const MAX_PERIODS = 50_000;

interface LivePeriod {
  readonly period: LoginPeriod;
  readonly wire: DeviceWire;
}

/** Records when each device was logged in, for the last fifty thousand logins: the proof that one device is never connected twice. */
export class LoginRecorder {
  private readonly periods: LoginPeriod[] = [];
  private readonly live = new Map<Device, LivePeriod>();
  private conflicts = 0;

  constructor(private readonly world: World) {
    world.events.on('device-change', ({ device }) => this.look(device));
  }

  /** Returns the logins of one account or of all accounts, oldest first. */
  list(phoneNumber?: string): LoginPeriod[] {
    return this.periods.filter(period => phoneNumber === undefined || period.phoneNumber === phoneNumber).map(period => ({ ...period }));
  }

  private look(device: Device): void {
    const known = this.live.get(device);
    if (known?.wire === device.wire) return;
    const at = Date.now();
    const { conflicts } = this.world.counters;
    if (known) {
      known.period.to = at;
      // A newer login without a counted conflict means that the older connection was never notified.
      if (!device.wire) known.period.end = 'closed';
      else known.period.end = conflicts > this.conflicts ? 'replaced' : 'overlapped';
      this.live.delete(device);
    }
    this.conflicts = conflicts;
    if (device.wire) this.begin(device, device.wire, at);
  }

  private begin(device: Device, wire: DeviceWire, from: number): void {
    const period: LoginPeriod = { phoneNumber: device.account.phoneNumber, device: device.id, from, to: null, end: null };
    this.live.set(device, { period, wire });
    this.periods.push(period);
    if (this.periods.length > MAX_PERIODS) this.periods.shift();
  }
}
