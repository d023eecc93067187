import { setTimeout as delay } from 'node:timers/promises';
import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';
import { isLidUser, jidDecode, jidEncode } from '../baileys.js';
import { storedLid, storedNumber } from '../signal/stored-lids.js';

const TYPE = 'sender-key-memory';
/** Changes within this time are one write: hundreds of members may ask at the same moment. */
const TOGETHER_MS = 250;

/** Changes Baileys' record of which devices of a group have its sender key. */
export class SenderKeyMemory {
  private readonly doomed = new Map<string, Set<string>>();

  constructor(
    private readonly keys: SignalKeyStoreWithTransaction,
    /** Returns the key of the transaction in which Baileys sends. */
    private readonly lock: () => string | undefined
  ) {}

  /** Like `forget`, but combines calls at about the same time in one write. The first of these calls resolves once it is stored. */
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

  /** Forgets that these devices have the sender key, so that the next message to the group contains it for them. Resolves once that is stored. */
  async forget(group: string, devices: readonly string[]): Promise<void> {
    const doomed = new Set(devices);
    await this.change(group, known => Object.fromEntries(Object.entries(known).filter(([device]) => !doomed.has(device))));
  }

  /**
   * Records that these devices have the sender key, so that the next message to the group does not contain it for them. Stores both jids of each device:
   * WhatsApp identifies devices by LID, and Baileys stores numbers for groups that are addressed by number. Resolves once that is stored.
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
