import { phoneSenderOf } from '../messages/phone-sender.js';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Account, Device, DeviceWire } from '../accounts/account.js';
import { shareAppStateKey } from '../app-state/app-state-key.js';
import type { World } from '../world/world.js';
import { initialHistory } from './history.builder.js';

const { INITIAL_BOOTSTRAP, RECENT } = proto.HistorySync.HistorySyncType;

const compress = promisify(deflate);

/** Which milestones have gone over which connection: Baileys announces each at most once per connection. */
const milestones = new WeakMap<DeviceWire, Set<Milestone>>();

/** The pieces of history that Baileys answers with `messaging-history.status`. */
export type Milestone = typeof INITIAL_BOOTSTRAP | typeof RECENT;

/** Whether a milestone can still be announced on the device's present connection; false while it is offline. */
export function milestoneOpen(device: Device, milestone: Milestone): boolean {
  return device.wire !== undefined && !milestones.get(device.wire)?.has(milestone);
}

function noteMilestone(device: Device, { syncType, progress }: proto.IHistorySync): void {
  if (!device.wire || (syncType !== INITIAL_BOOTSTRAP && !(syncType === RECENT && progress === 100))) return;
  const passed = milestones.get(device.wire) ?? new Set();
  milestones.set(device.wire, passed.add(syncType));
}

export interface HistoryDelivery {
  history: proto.IHistorySync & { syncType: proto.HistorySync.HistorySyncType };
  /** Which device gets it; all of the account's without. */
  only?: Device;
  /** The request this answers, for ON_DEMAND history. */
  requestId?: string;
}

/**
 * The account's phone sends a piece of history to its companions, compressed inside the message itself: Baileys fetches history blobs
 * from WhatsApp's public media host only. Settles when the message is queued.
 */
export async function sendHistory(world: World, account: Account, { history, only, requestId }: HistoryDelivery): Promise<void> {
  for (const device of only ? [only] : account.companions()) noteMilestone(device, history);
  const payload = await compress(proto.HistorySync.encode(proto.HistorySync.fromObject(history)).finish());
  await phoneSenderOf(world).sendPeer(
    account,
    {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
        historySyncNotification: {
          // The two enumerations agree on every type that exists in both.
          syncType:
            proto.Message.HistorySyncType[
              proto.HistorySync.HistorySyncType[history.syncType] as keyof typeof proto.Message.HistorySyncType
            ],
          initialHistBootstrapInlinePayload: payload,
          chunkOrder: history.chunkOrder ?? 1,
          progress: history.progress ?? 100,
          ...(requestId === undefined ? {} : { peerDataRequestSessionId: requestId })
        }
      }
    },
    only
  );
}

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
