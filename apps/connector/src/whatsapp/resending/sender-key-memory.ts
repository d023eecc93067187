import { setTimeout as delay } from 'node:timers/promises';
import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';
import { isLidUser, jidDecode, jidEncode } from '../baileys.js';
import { storedLid, storedNumber } from '../signal/stored-lids.js';

const TYPE = 'sender-key-memory';
/** What comes within this time is one write: hundreds of members ask at the same moment. */
const TOGETHER_MS = 250;

/** Which devices of a group have its sender key, as Baileys remembers it per group. */
export class SenderKeyMemory {
  private readonly doomed = new Map<string, Set<string>>();

  constructor(
    private readonly keys: SignalKeyStoreWithTransaction,
    /** The lock under which Baileys sends. */
    private readonly lock: () => string | undefined
  ) {}

  /** Like `forget`, in one write with what other calls want forgotten at about the same time. */
  async forgetTogether(group: string, devices: readonly string[]): Promise<void> {
    const waiting = this.doomed.get(group);
    if (waiting) {
      for (const device of devices) waiting.add(device);
      return;
    }
    const doomed = new Set(devices);
    this.doomed.set(group, doomed);
    await delay(TOGETHER_MS, undefined, { ref: false });
    this.doomed.delete(group);
    await this.forget(group, [...doomed]);
  }

  /** The next message to the group hands the sender key to these devices, and to no others that have it. Settles when that is stored. */
  async forget(group: string, devices: readonly string[]): Promise<void> {
    const doomed = new Set(devices);
    await this.change(group, known => Object.fromEntries(Object.entries(known).filter(([device]) => !doomed.has(device))));
  }

  /**
   * The next message to the group does not hand the sender key to these devices, as if they had it. Under both jids of each: the service names devices by LID, and Baileys remembers them by
   * number in groups that are addressed by number. Settles when that is stored.
   */
  async remember(group: string, devices: readonly string[]): Promise<void> {
    const named = (await Promise.all(devices.map(device => this.bothJids(device)))).flat();
    await this.change(group, known => ({ ...known, ...Object.fromEntries(named.map(device => [device, true])) }));
  }

  private async bothJids(device: string): Promise<string[]> {
    const { device: id } = jidDecode(device) ?? {};
    const other = await (isLidUser(device) ? storedNumber : storedLid)(this.keys, device);
    const { user, server } = jidDecode(other ?? undefined) ?? {};
    return user && server ? [device, jidEncode(user, server, id)] : [device];
  }

  private async change(group: string, next: (known: Record<string, boolean>) => Record<string, boolean>): Promise<void> {
    const lock = this.lock();
    if (lock === undefined) return;
    await this.keys.transaction(async () => {
      const { [group]: known = {} } = await this.keys.get(TYPE, [group]);
      await this.keys.set({ [TYPE]: { [group]: next(known) } });
    }, lock);
  }
}
