import { element, type Stanza } from '../stanza/stanza.js';
import { createHash, createHmac } from 'node:crypto';
import type { Account } from '../accounts/account.js';

const STAMP_BYTES = 8;
const DAY_S = 24 * 3_600;
/** 26 buckets of a week: the server's property `tctoken_num_buckets` (whatsapp-rust PR 473). */
export const TOKEN_BUCKETS = 26;
const TOKEN_LIFE_S = TOKEN_BUCKETS * 7 * DAY_S;

/**
 * Returns the token with which `holder` may write to `issuer`, created at `t`
 * (seconds since 1970). The token contains `t`, so nothing has to be stored.
 */
export function contactToken(issuer: Account, holder: Account, t: number): Buffer {
  const stamp = Buffer.alloc(STAMP_BYTES);
  stamp.writeBigUInt64BE(BigInt(t));
  return Buffer.concat([stamp, createHmac('sha256', 'tctoken').update(`${issuer.lid}\n${holder.lid}\n${t}`).digest().subarray(0, 16)]);
}

/** Returns whether `issuer` created a token for `holder`, and the token has not expired. */
export function isContactToken(token: Buffer, issuer: Account, holder: Account): boolean {
  if (token.length < STAMP_BYTES) return false;
  const t = Number(token.readBigUInt64BE(0));
  return contactToken(issuer, holder, t).equals(token) && t > Date.now() / 1_000 - TOKEN_LIFE_S;
}

/** Returns the salt of an account's `cstoken`, which is the same in each run. */
export function saltOf(account: Account): Buffer {
  return createHash('sha256').update(`nct-salt\n${account.lid}`).digest();
}

/** Returns the other token, which needs no contact: HMAC of the receiver's bare LID jid (whatsmeow 82d579d5, whatsapp-rust 08dc6f47). */
export function strangerToken(author: Account, receiver: Account): Buffer {
  return createHmac('sha256', saltOf(author)).update(receiver.jid('lid')).digest();
}

/** Returns `<tctoken>` or `<token>`, with which the issuer permits the holder to write. */
export function tokenElement(tag: string, attrs: Record<string, string>, parties: { issuer: Account; holder: Account; t: number }): Stanza {
  const { issuer, holder, t } = parties;
  return element(tag, { ...attrs, t }, contactToken(issuer, holder, t));
}
