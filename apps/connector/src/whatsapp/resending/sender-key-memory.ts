import { setTimeout as delay } from 'node:timers/promises';
import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';

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

  /** The next message to the group hands the sender key to these devices, and to no others that have it. Settles when that is stored. */
  async forget(group: string, devices: readonly string[]): Promise<void> {
    const waiting = this.doomed.get(group);
    if (waiting) {
      for (const device of devices) waiting.add(device);
      return;
    }
    const doomed = new Set(devices);
    this.doomed.set(group, doomed);
    await delay(TOGETHER_MS, undefined, { ref: false });
    this.doomed.delete(group);
    const lock = this.lock();
    if (lock === undefined) return;
    await this.keys.transaction(async () => {
      const { [group]: known } = await this.keys.get(TYPE, [group]);
      const left = Object.entries(known ?? {}).filter(([device]) => !doomed.has(device));
      if (known && left.length < Object.keys(known).length) await this.keys.set({ [TYPE]: { [group]: Object.fromEntries(left) } });
    }, lock);
  }
}
