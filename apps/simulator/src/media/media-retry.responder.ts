import { proto } from '@whiskeysockets/baileys';
import type { Account, Device } from '../accounts/account.js';
import { child, element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { encryptMediaRetry } from './media-encryption.codec.js';

/** Returns the path of a blob that can still be fetched. */
type PathOf = (hash: string) => string | undefined;

/**
 * Answers companions that cannot fetch the file of a message (`updateMediaMessage`), on behalf of their phone: with the current path of the file, or
 * with "not found" if the file is gone for good. Without a response, Baileys would wait forever.
 */
export function answerMediaRetries(world: World, pathOf: PathOf): void {
  world.events.on('stanza-in', ({ device, stanza }) => {
    const { type, category } = stanza.attrs;
    // The receipt of a peer concerns history.
    if (device && stanza.tag === 'receipt' && type === 'server-error' && category !== 'peer')
      answer(world, pathOf, { device, receipt: stanza });
  });
}

function answer(world: World, pathOf: PathOf, { device, receipt }: { device: Device; receipt: Stanza }): void {
  const id = receipt.attrs['id'] ?? '';
  const file = fileOf(device.account, id);
  const path = file && pathOf(file.fileEncSha256.toString('base64url'));
  const about = element('rmr', child(receipt, 'rmr')?.attrs ?? {});
  const content = file && path !== undefined ? [encrypted(id, path, file.mediaKey), about] : [notFound(), about];
  world.deliver(device, element('notification', { from: device.account.jid(), type: 'mediaretry', id }, content));
}

function encrypted(id: string, path: string, mediaKey: Buffer): Stanza {
  const { ciphertext, iv } = encryptMediaRetry(id, path, mediaKey);
  return element('encrypt', {}, [element('enc_p', {}, ciphertext), element('enc_iv', {}, iv)]);
}

function notFound(): Stanza {
  return element('error', { code: proto.MediaRetryNotification.ResultType.NOT_FOUND });
}

/** Returns the keys of the file to which a message on the phone refers. */
function fileOf(account: Account, id: string): { mediaKey: Buffer; fileEncSha256: Buffer } | undefined {
  const received = account.received.findLast(message => message.id === id);
  for (const part of Object.values(received?.message ?? {}) as unknown[]) {
    if (typeof part !== 'object' || part === null || !('mediaKey' in part) || !('fileEncSha256' in part)) continue;
    return { mediaKey: Buffer.from(String(part.mediaKey), 'base64'), fileEncSha256: Buffer.from(String(part.fileEncSha256), 'base64') };
  }
  return undefined;
}
