import { phoneSenderOf } from '../messages/phone-sender.js';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { generateMessageIDV2, proto } from '@whiskeysockets/baileys';
import type { Account, Device, DeviceWire } from '../accounts/account.js';
import { shareAppStateKey } from '../app-state/app-state-key.js';
import type { World } from '../world/world.js';
import { mediaFilesOf } from '../media/media-files.js';
import { hasSalt } from '../reach/reach-notices.js';
import { withSalt } from '../reach/history-salt.codec.js';
import { initialHistory } from './history.builder.js';
import { historyLedgerOf } from './history.ledger.js';

const { INITIAL_BOOTSTRAP, RECENT } = proto.HistorySync.HistorySyncType;

const compress = promisify(deflate);

/** The milestones sent over each connection: Baileys reports each at most once per connection. */
const milestones = new WeakMap<DeviceWire, Set<Milestone>>();

/** The history types to which Baileys responds with `messaging-history.status`. */
export type Milestone = typeof INITIAL_BOOTSTRAP | typeof RECENT;

/** Returns whether a milestone can still be reported on the device's current connection; false while the device is offline. */
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
  /** The device that gets the history; without it, all devices of the account do. */
  only?: Device;
  /** The request that ON_DEMAND history answers. */
  requestId?: string;
}

/**
 * Sends history from the account's phone to its companions, compressed: in a file
 * on the media host, or inside the message. Resolves once the message is queued.
 */
export async function sendHistory(world: World, account: Account, { history, only, requestId }: HistoryDelivery): Promise<void> {
  const encoded = proto.HistorySync.encode(proto.HistorySync.fromObject(history)).finish();
  const isFirst = history.syncType === INITIAL_BOOTSTRAP && hasSalt(world, account);
  const payload = await compress(isFirst ? withSalt(encoded, account) : encoded);
  const { progress = 100, chunkOrder = 1 } = history;
  for (const device of only ? [only] : account.companions()) {
    noteMilestone(device, history);
    const uploaded = historyLedgerOf(world).termsOf(account).uploaded ? await upload(world, account, payload) : null;
    const id = generateMessageIDV2();
    // Every type that both enumerations contain has the same value in both.
    const type = proto.HistorySync.HistorySyncType[history.syncType] as keyof typeof proto.Message.HistorySyncType;
    historyLedgerOf(world).sent({
      device,
      chunk: { id, syncType: type, chunkOrder: chunkOrder ?? 1, uploaded: uploaded !== null, state: 'sent' },
      mediaKey: uploaded?.mediaKey ?? null,
      again: () => sendHistory(world, account, { history, only: device, requestId })
    });
    const historySyncNotification = {
      ...(uploaded ?? { initialHistBootstrapInlinePayload: payload }),
      syncType: proto.Message.HistorySyncType[type],
      chunkOrder,
      progress,
      ...(requestId === undefined ? {} : { peerDataRequestSessionId: requestId })
    };
    const message = {
      protocolMessage: { type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification }
    };
    await phoneSenderOf(world).sendPeer(account, message, device, id);
  }
}

/** Stores the file of a chunk and returns its location; while uploads must be missing, the media host does not have that file. */
async function upload(world: World, account: Account, payload: Buffer) {
  const ledger = historyLedgerOf(world);
  const files = mediaFilesOf(world);
  const { url, mediaKeyTimestamp: _time, ...fields } = await files.storeMedia(payload, 'md-msg-hist');
  const directPath = new URL(url).pathname;
  const hash = directPath.slice(directPath.lastIndexOf('/') + 1);
  const { latencyMs } = ledger.termsOf(account);
  if (latencyMs > 0) files.latenciesMs.set(hash, latencyMs);
  return { ...fields, directPath: ledger.takeMissing(account) ? `${directPath}-missing` : directPath };
}

/** The actions of the phone when a device that it has linked comes online for the first time. */
export interface Greeting {
  shareAppStateKey: boolean;
  sendHistory: boolean;
}

export const fullGreeting: Greeting = { shareAppStateKey: true, sendHistory: true };

/**
 * Shares the phone's app-state key with a new device and sends it the initial history. That also ends the wait of up to twenty seconds during which
 * Baileys withholds its events after a first login. Resolves once everything is queued.
 */
export async function greetNewDevice(world: World, device: Device, greeting: Greeting = fullGreeting): Promise<void> {
  const { account } = device;
  // The key goes first: the history makes Baileys pull the app state, which it cannot read without the key.
  if (greeting.shareAppStateKey) await shareAppStateKey(world, account, device);
  if (!greeting.sendHistory) return;
  const { recentChunks } = historyLedgerOf(world).termsOf(account);
  for (const history of initialHistory(world, account, recentChunks)) await sendHistory(world, account, { history, only: device });
}
