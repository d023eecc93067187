import { decodeJsonRecord, isSessionId, type TokenDenial, type TokenRecord } from '@wabus/contracts';
import { grantOf } from './grant.codec.js';
import type { Principal } from './principal.js';
import { isScope, tokenId, type KnownToken } from './token-file.codec.js';

/** The record of a token, `null` when the value is none: one that cannot be understood permits nothing. */
export function decodeTokenRecord(value: Uint8Array): TokenRecord | null {
  const record = decodeJsonRecord<Partial<TokenRecord>>(value);
  const valid =
    typeof record?.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(record.hash) &&
    record.id === tokenId(record.hash) &&
    (record.sessions === '*' || (Array.isArray(record.sessions) && record.sessions.every(isSessionId))) &&
    Array.isArray(record.scopes) &&
    record.scopes.every(isScope) &&
    (record.expiresAt === null || !Number.isNaN(Date.parse(record.expiresAt ?? '')));
  return valid ? (record as TokenRecord) : null;
}

export function decodeDenial(value: Uint8Array): TokenDenial | null {
  const denial = decodeJsonRecord<Partial<TokenDenial>>(value);
  const valid =
    (denial?.kind === 'jti' || denial?.kind === 'subject') &&
    typeof denial.id === 'string' &&
    typeof denial.value === 'string' &&
    !Number.isNaN(Date.parse(denial.deniedAt ?? ''));
  return valid ? (denial as TokenDenial) : null;
}

export function knownToken({ hash, id, sessions, scopes, expiresAt }: TokenRecord): KnownToken {
  const permits = {
    sessions: sessions as Principal['sessions'],
    scopes,
    ...(expiresAt === null ? {} : { expiresAt: Date.parse(expiresAt) })
  };
  return { hash, principal: { id, ...permits, grant: grantOf(permits) } };
}
