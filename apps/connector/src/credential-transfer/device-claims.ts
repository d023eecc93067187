import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import { chatJid, OWNERSHIP_BUCKET, WabusError, type LinkedAccount, type SessionId } from '@wabus/contracts';

/** A checked import is written within this time. */
const CLAIM_MS = 60_000;
/** After this time, every edge has the account of the session in its registry view and refuses other imports itself. */
const NEWS_MS = 10_000;

/** The device of an import. Two sessions that share a device disconnect each other. */
export interface ClaimedDevice {
  /** Jid of the account. */
  readonly account: string;
  readonly device: number;
}

/** Claims of linked devices by sessions that import them, across all connectors. A claim expires. */
@Injectable()
export class DeviceClaims {
  private readonly bucket: KeyValue;

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(OWNERSHIP_BUCKET);
  }

  /** Throws `ALREADY_PAIRED` if another session is importing the same device. A session may renew its own claim. */
  claim(session: SessionId, device: ClaimedDevice): Promise<void> {
    return this.hold(session, keyOf(device), CLAIM_MS);
  }

  /** Shortens the claim once the session has the device. */
  settle(session: SessionId, device: ClaimedDevice): Promise<void> {
    return this.hold(session, keyOf(device), NEWS_MS);
  }

  /** Releases the claim after an unsuccessful import, so that other sessions can import the device. */
  async giveBack(session: SessionId, device: ClaimedDevice): Promise<void> {
    const entry = await this.bucket.get(keyOf(device));
    if (entry !== null && Buffer.from(entry.value).toString() === session) await this.bucket.delete(keyOf(device), entry.revision);
  }

  private async hold(session: SessionId, key: string, ttlMs: number): Promise<void> {
    const value = { value: Buffer.from(session), ttlMs };
    for (;;) {
      const entry = await this.bucket.get(key);
      const holder = entry === null ? null : Buffer.from(entry.value).toString();
      if (holder !== null && holder !== session)
        throw new WabusError('ALREADY_PAIRED', {
          message: `This device is already being imported as session "${holder}". Two sessions cannot share a device: each would disconnect the other.`,
          details: { session: holder }
        });
      const outcome = await this.bucket.compareAndSet(key, value, entry?.revision ?? 0);
      if (outcome.written) return;
    }
  }
}

/** Hashes the phone number, because other processes read the bucket too. */
function keyOf({ account, device }: ClaimedDevice): string {
  return `device.${createHash('sha256').update(`${account}:${device}`).digest('base64url')}`;
}

/** Returns the account of credentials, and the number of their device. */
export function deviceAccount(credentials: Readonly<Record<string, unknown>>): { account: LinkedAccount; device: number } {
  const { id = '', lid, name } = credentials['me'] as { id?: string; lid?: string; name?: string };
  const platform = credentials['platform'];
  const account = {
    id: chatJid(id),
    lid: lid === undefined ? null : chatJid(lid),
    name: name ?? null,
    platform: typeof platform === 'string' ? platform : null
  };
  return { account, device: Number(/:(\d+)@/.exec(id)?.[1] ?? 0) };
}
