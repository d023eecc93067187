import type { Account } from '../accounts/account.js';
import { saltOf } from './token.codec.js';

/** Field 19 of `HistorySync`, bytes: `nctSalt` (whatsmeow, Baileys PR 2438). The protobuf of the installed Baileys does not write it. */
const NCT_SALT_TAG = (19 << 3) | 2;

/** Returns encoded history with the account's salt appended. */
export function withSalt(history: Uint8Array, account: Account): Buffer {
  const salt = saltOf(account);
  return Buffer.concat([history, Buffer.from([(NCT_SALT_TAG & 0x7f) | 0x80, NCT_SALT_TAG >> 7, salt.length]), salt]);
}
