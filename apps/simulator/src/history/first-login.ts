import type { Device } from '../accounts/device.js';
import { shareAppStateKey } from '../app-state/app-state.key.js';
import type { World } from '../world.js';
import { initialHistory } from './history.builder.js';
import { sendHistory } from './history.sender.js';

/** What the phone does when a device it has linked comes online for the first time. */
export interface Greeting {
  shareAppStateKey: boolean;
  sendHistory: boolean;
}

export const fullGreeting: Greeting = { shareAppStateKey: true, sendHistory: true };

/**
 * The phone shares its app-state key with a new device and sends it the initial history, which also ends the up to twenty seconds that
 * Baileys holds its events back after a first login. Settles when all of it is queued.
 */
export async function greetNewDevice(world: World, device: Device, greeting: Greeting = fullGreeting): Promise<void> {
  const { account } = device;
  // The key first: the history makes Baileys pull the app state, which it cannot read without.
  if (greeting.shareAppStateKey) await shareAppStateKey(world, account, device);
  if (!greeting.sendHistory) return;
  for (const history of initialHistory(world, account)) await sendHistory(world, account, { history, only: device });
}
