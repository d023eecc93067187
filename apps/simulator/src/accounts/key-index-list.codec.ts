import { proto } from '@whiskeysockets/baileys';
import { signWithCurve } from '../signal/curve.js';
import { element, secondsNow, type Stanza } from '../stanza/stanza.js';
import type { Account } from './account.js';

/** Prefix of the data that the phone signs; the prefixes of device identities are 6,0 and 6,1. */
const KEY_INDEX_LIST_PREFIX = Buffer.from([6, 2]);

/**
 * Returns `<key-index-list>`: the list of valid linked devices, signed by the phone. The raw usync response in Baileys 1886 contains it as bytes, and
 * so does `<add>` of a `devices` notification (whatsapp-rust `notification/mod.rs`).
 * The prefix of the signature follows the prefixes of device identities; no client is known to verify it.
 */
export function keyIndexList(account: Account): Stanza {
  const timestamp = secondsNow();
  const indexes = account.companions().map(({ keyIndex }) => keyIndex);
  const details = Buffer.from(
    proto.ADVKeyIndexList.encode({
      rawId: account.phone.registrationId,
      timestamp: Number(timestamp),
      currentIndex: Math.max(0, ...indexes),
      validIndexes: [0, ...indexes]
    }).finish()
  );
  const { private: key, public: accountSignatureKey } = account.phone.identity;
  const accountSignature = signWithCurve(key, Buffer.concat([KEY_INDEX_LIST_PREFIX, details]));
  const signed = proto.ADVSignedKeyIndexList.encode({ details, accountSignature, accountSignatureKey }).finish();
  return element('key-index-list', { ts: timestamp }, Buffer.from(signed));
}
