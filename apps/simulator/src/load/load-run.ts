import type { LoadReport } from '@wabus/testing';
import type { Device } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';
import type { World, WorldEvents } from '../world/world.js';

const TICK_MS = 5;

export interface LoadPace {
  /** How many stanzas may be unconfirmed per device before it gets the next one. */
  readonly window: number;
  /** Messages per second over all devices together; `undefined` sends each one as soon as the previous ones are confirmed. */
  readonly perSecond: number | undefined;
}

/** The stanzas for one device, in order. */
export interface DeviceLoad {
  readonly device: Device;
  readonly stanzas: readonly Stanza[];
}

/** Sends prepared messages to their devices, in parallel, until every one is confirmed. */
export class LoadRun {
  /** Resolves once all messages are confirmed. */
  readonly done: Promise<LoadReport>;
  private readonly lanes: Map<Device, { stanzas: readonly Stanza[]; next: number }>;
  private readonly messages: number;
  private readonly times: { id: string; at: number }[] = [];
  private readonly cpuAtStart = process.cpuUsage();
  private readonly startedAt = now();
  private sent = 0;
  private sentAt = 0;
  private finish: (report: LoadReport) => void = () => undefined;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly world: World,
    lanes: readonly DeviceLoad[],
    private readonly pace: LoadPace
  ) {
    this.lanes = new Map(lanes.map(({ device, stanzas }) => [device, { stanzas, next: 0 }]));
    this.messages = lanes.reduce((sum, { stanzas }) => sum + stanzas.length, 0);
    this.done = new Promise(resolve => (this.finish = resolve));
    world.events.on('device-change', this.onChange);
    if (pace.perSecond !== undefined) this.timer = setInterval(() => this.fillAll(), TICK_MS);
    this.fillAll();
  }

  private readonly onChange = ({ device }: WorldEvents['device-change'][0]): void => {
    if (!this.lanes.has(device)) return;
    this.fill(device);
    this.look();
  };

  private fillAll(): void {
    // In turns, so that the devices share the rate evenly.
    for (let before = -1; before !== this.sent;) {
      before = this.sent;
      for (const device of this.lanes.keys()) this.fill(device, this.pace.perSecond === undefined ? Infinity : 1);
    }
    this.look();
  }

  private fill(device: Device, most = Infinity): void {
    const lane = this.lanes.get(device)!;
    const last = Math.min(lane.stanzas.length, lane.next + most);
    while (lane.next < last && this.sent < this.due() && device.outbox.size < this.pace.window) {
      this.sent++;
      this.sentAt = now();
      const stanza = lane.stanzas[lane.next++]!;
      this.times.push({ id: stanza.attrs['id'] ?? '', at: this.sentAt });
      this.world.deliver(device, stanza);
    }
  }

  /** When each message was sent, in the order of sending. */
  get sendings(): readonly { readonly id: string; readonly at: number }[] {
    return this.times;
  }

  /** Returns how many messages may have been sent by now. */
  private due(): number {
    const { perSecond } = this.pace;
    return perSecond === undefined ? Infinity : ((now() - this.startedAt) * perSecond) / 1_000;
  }

  private look(): void {
    if (this.sent < this.messages || [...this.lanes.keys()].some(device => device.outbox.size > 0)) return;
    clearInterval(this.timer);
    this.world.events.off('device-change', this.onChange);
    const cpu = process.cpuUsage(this.cpuAtStart);
    this.finish({
      messages: this.messages,
      startedAt: this.startedAt,
      sentAt: this.sentAt,
      confirmedAt: now(),
      cpuMs: (cpu.user + cpu.system) / 1_000
    });
  }
}

/** Returns fractional milliseconds since the epoch. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
