import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import { chatJid, OWNERSHIP_BUCKET, WabusError, type LinkedAccount, type SessionId } from '@wabus/contracts';

/** An import that was checked is written within it. */
const CLAIM_MS = 60_000;
/** By then every edge knows which account the session has, and refuses others itself. */
const NEWS_MS = 10_000;

/** The device of an import: two sessions that share one push each other out. */
export interface ClaimedDevice {
  /** Jid of the account. */
  readonly account: string;
  readonly device: number;
}

/** Which session takes which linked device over now, over all connectors. A claim expires. */
@Injectable()
export class DeviceClaims {
  private readonly bucket: KeyValue;

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(OWNERSHIP_BUCKET);
  }

  /** Throws `ALREADY_PAIRED` when another session takes the same device over. A session may claim again what it has claimed. */
  claim(session: SessionId, device: ClaimedDevice): Promise<void> {
    return this.hold(session, keyOf(device), CLAIM_MS);
  }

  /** The session has it now. */
  settle(session: SessionId, device: ClaimedDevice): Promise<void> {
    return this.hold(session, keyOf(device), NEWS_MS);
  }

  /** Lets others take it over: nothing came of it. */
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

/** Without the phone number: the bucket is read by others too. */
function keyOf({ account, device }: ClaimedDevice): string {
  return `device.${createHash('sha256').update(`${account}:${device}`).digest('base64url')}`;
}

/** The account that credentials belong to, and which of its devices they are. */
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
