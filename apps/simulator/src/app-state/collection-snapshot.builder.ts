import { randomBytes } from 'node:crypto';
import { decodeSyncdMutations, newLTHashState, proto, type WAPatchName } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { mediaFilesOf } from '../media/media-files.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { appStateKeyLookup, appStateKeyOf } from './app-state-key.js';
import { snapshotMac } from './state-mac.codec.js';

const { REMOVE } = proto.SyncdMutation.SyncdOperation;

/**
 * Builds the snapshot of a collection for a device that has none of it: a file on the media host (`ExternalBlobReference` of a `SyncdSnapshot`).
 * An index may be in it twice; the later record counts (whatsapp-rust PR 1365). A broken
 * snapshot has a wrong authentication code, the same each time (whatsapp-rust PR 1375).
 */
export async function snapshotElement(world: World, account: Account, collection: { name: WAPatchName; broken: boolean }): Promise<Stanza> {
  const { name, broken } = collection;
  const { patches, state } = account.collections.get(name)!;
  const version = patches.length;
  const records = currentRecords(patches);
  const key = appStateKeyOf(account);
  const snapshot = proto.SyncdSnapshot.fromObject({
    version: { version },
    records: records.length > 1 ? [records.at(-1), ...records] : records,
    mac: broken ? randomBytes(32) : snapshotMac(state.hash, { name, version }, key),
    keyId: { id: key.keyId }
  });
  const bytes = Buffer.from(proto.SyncdSnapshot.encode(snapshot).finish());
  const { url, fileLength, mediaKeyTimestamp: _time, ...fields } = await mediaFilesOf(world).storeMedia(bytes, 'md-app-state');
  const reference = { ...fields, directPath: new URL(url).pathname, fileSizeBytes: fileLength, handle: name };
  return element('snapshot', {}, Buffer.from(proto.ExternalBlobReference.encode(reference).finish()));
}

/**
 * Builds the phone's response to a device that cannot verify the snapshot: `SyncdSnapshotRecovery` with the records in the clear. Its fields, which
 * Baileys' protobuf lacks, are those of WhatsApp Web's `WAWebProtobufsSyncdSnapshotRecovery.pb`.
 */
export async function recoverySnapshot(account: Account, name: WAPatchName): Promise<Buffer> {
  const { patches, state } = account.collections.get(name) ?? { patches: [], state: newLTHashState() };
  const records = await Promise.all(currentRecords(patches).map(record => plainRecord(account, record)));
  return Buffer.concat([
    field(1, proto.SyncdVersion.encode({ version: patches.length }).finish()),
    field(2, Buffer.from(name)),
    ...records.map(record => field(3, record)),
    field(4, state.hash)
  ]);
}

/** Encodes a `SyncdPlainTextRecord`: the action, the id of its key, and the authentication code of its value. */
async function plainRecord(account: Account, record: proto.ISyncdRecord): Promise<Buffer> {
  const plain: proto.ISyncActionData[] = [];
  await decodeSyncdMutations([record], newLTHashState(), appStateKeyLookup(account), ({ syncAction }) => plain.push(syncAction), false);
  return Buffer.concat([
    field(1, proto.SyncActionData.encode(plain[0]!).finish()),
    field(2, record.keyId!.id!),
    field(3, record.value!.blob!.subarray(-32))
  ]);
}

/** Returns the records in force after all patches, by index. */
function currentRecords(patches: readonly proto.ISyncdPatch[]): proto.ISyncdRecord[] {
  const records = new Map<string, proto.ISyncdRecord>();
  for (const { operation, record } of patches.flatMap(({ mutations }) => mutations ?? [])) {
    const index = Buffer.from(record!.index!.blob!).toString('base64');
    if (operation === REMOVE) records.delete(index);
    else records.set(index, record!);
  }
  return [...records.values()];
}

/** Encodes a length-delimited field of a protobuf message. */
function field(number: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  for (let left = content.length; ; left >>>= 7) {
    if (left < 0x80) {
      length.push(left);
      break;
    }
    length.push((left & 0x7f) | 0x80);
  }
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length]), content]);
}
