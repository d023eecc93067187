import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger as NestLogger } from '@nestjs/common';
import { openBroker, type Broker, type Entry, type KeyValue } from '@wabus/broker';
import { OWNERSHIP_BUCKET, type SessionId } from '@wabus/contracts';
import { MetricsRegistry } from '@wabus/runtime';
import { awaitCondition, launchNatsServer, type NatsServer } from '@wabus/testing';
import type { SignalDataTypeMap } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { LeaseLostError, type SessionLease } from '../ownership/session-lease.js';
import { TestLease } from '../ownership/test-lease.fixture.js';
import { authKey, type AuthKey } from './auth-key-file.js';
import type { AuthState } from './auth-state.js';
import { AuthStateMetrics } from './auth-state.metrics.js';
import { AuthStateStore } from './auth-state.store.js';

const PHONE = '15551234567';
const SECRET = Buffer.from('this-is-a-private-key-of-32-byte');
const OLD_KEY = authKey(Buffer.alloc(32, 1));
const NEW_KEY = authKey(Buffer.alloc(32, 2));

/** One value of every kind that Baileys stores. The type check fails if Baileys adds a kind that is missing here. */
const EVERY_KIND = {
  'pre-key': { public: Buffer.from([1, 2, 3]), private: SECRET },
  session: Buffer.concat([SECRET, Buffer.from('ratchet')]),
  'sender-key': Buffer.alloc(20_000, 7),
  'sender-key-memory': { [`${PHONE}:1@s.whatsapp.net`]: true },
  'app-state-sync-key': { keyData: SECRET, fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 1] }, timestamp: 1_700_000_000 },
  'app-state-sync-version': { version: 3, hash: Buffer.alloc(128, 9), indexValueMap: { 'aW5kZXg=': { valueMac: Buffer.from([4, 5]) } } },
  'lid-mapping': PHONE,
  'device-list': ['0', '12'],
  tctoken: { token: Buffer.from([6, 7]), timestamp: '1700000000', senderTimestamp: 5 },
  'identity-key': Buffer.from([5, ...SECRET])
} satisfies { [Kind in keyof Required<SignalDataTypeMap>]: SignalDataTypeMap[Kind] };

const CREDENTIALS = {
  noiseKey: { public: Buffer.from([1]), private: SECRET },
  me: { id: `${PHONE}:1@s.whatsapp.net` },
  registered: false,
  nextPreKeyId: 31
};

describe('auth state on NATS', () => {
  const session = 'a' as SessionId;
  let storeDir: string;
  let server: NatsServer;
  let broker: Broker;
  let bucket: KeyValue;
  const metrics = new AuthStateMetrics(new MetricsRegistry('test'));

  beforeEach(async () => {
    NestLogger.overrideLogger(['fatal']);
    storeDir = mkdtempSync(join(tmpdir(), 'wabus-auth-'));
    server = await launchNatsServer({ storeDir });
    broker = await openBroker({
      connection: { servers: [server.url], name: 'test', requestTimeoutMs: 500 },
      buckets: [{ name: OWNERSHIP_BUCKET }]
    });
    bucket = broker.buckets.bucket(OWNERSHIP_BUCKET);
  });
  afterEach(async () => {
    await broker.close();
    await server.stop();
    rmSync(storeDir, { recursive: true, force: true });
  });

  async function acquire(owner = session): Promise<TestLease> {
    return new TestLease(owner, await bucket.put(`own.${owner}`, new TextEncoder().encode('owner')));
  }
  function open(lease: SessionLease, keys: AuthKey[] = [OLD_KEY], cacheBytes?: number): Promise<AuthState> {
    return new AuthStateStore(broker.buckets, { keys, cacheBytes, logger: pino({ level: 'silent' }) }, metrics).open(lease);
  }
  const stored = async (): Promise<string[]> => (await bucket.list(`auth.${session}.>`)).map(entry => entry.key);

  it('lists all values of a type, including pending ones', async () => {
    const state = await open(await acquire());
    const other = await open(await acquire('other' as SessionId));
    await other.writeKeys({ inbox: { 0: { n: 9 } } });
    await state.writeKeys({ inbox: { 0: { n: 1, plaintext: SECRET }, 1: { n: 2 } }, 'device-list': { 0: ['1'] } });
    const writing = state.writeKeys({ inbox: { 1: null, 2: { n: 3 } } });
    expect(await state.listKeys('inbox')).toEqual({ 0: { n: 1, plaintext: SECRET }, 2: { n: 3 } });
    await writing;
    expect(await state.listKeys('nothing')).toEqual({});
  });

  it('returns every kind of record to this and the next owner', async () => {
    const state = await open(await acquire());
    await Promise.all([
      state.writeKeys(Object.fromEntries(Object.entries(EVERY_KIND).map(([kind, value]) => [kind, { [`${PHONE}.0`]: value }]))),
      state.writeCredentials(CREDENTIALS)
    ]);
    const next = await open(await acquire());
    for (const reader of [state, next]) {
      for (const [kind, value] of Object.entries(EVERY_KIND))
        expect(await reader.readKeys(kind, [`${PHONE}.0`])).toEqual({ [`${PHONE}.0`]: value });
      expect(await reader.readCredentials()).toEqual(CREDENTIALS);
    }
    const key = (await next.readKeys('pre-key', [`${PHONE}.0`]))[`${PHONE}.0`] as { private: unknown };
    expect(Buffer.isBuffer(key.private)).toBe(true);
  });

  describe('a record that expires', () => {
    const DAY = 86_400_000;
    const sent = (value: unknown, ttlMs = DAY) => ({ type: 'sent', id: '3EB0', value, ttlMs });
    const keys = async (): Promise<string[]> => (await bucket.list(`expiring.${session}.>`)).map(entry => entry.key);

    it('is encrypted at rest and readable until it expires', async () => {
      const state = await open(await acquire());
      await state.writeExpiring(sent(SECRET));
      await state.writeExpiring({ type: 'brief', id: 'x', value: { text: 'soon gone' }, ttlMs: 1_000 });
      expect(await state.readExpiring('brief', 'x')).toEqual({ text: 'soon gone' });
      const next = await open(await acquire());
      for (const reader of [state, next]) expect(await reader.readExpiring('sent', '3EB0')).toEqual(SECRET);
      expect(await next.readExpiring('sent', 'other')).toBeNull();
      for (const { key, value } of await bucket.list(`expiring.${session}.>`)) {
        expect(Buffer.from(value).includes(SECRET)).toBe(false);
        expect(key).not.toContain('3EB0');
      }
      await awaitCondition(
        () => next.readExpiring('brief', 'x'),
        value => value === null
      );
      expect(await next.readExpiring('sent', '3EB0')).toEqual(SECRET);
    });

    it('is deleted together with keys, which do not expire', async () => {
      const state = await open(await acquire());
      await Promise.all([
        state.writeKeys({ session: { a: SECRET } }),
        state.writeKeys({ session: { b: SECRET } }),
        state.writeExpiring(sent(SECRET, 1_000)),
        state.writeKeys({ session: { c: SECRET } })
      ]);
      await awaitCondition(keys, left => left.length === 0, { what: 'an expired record' });
      const next = await open(await acquire());
      expect(Object.keys(await next.readKeys('session', ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
    });

    it('can be deleted early, and then reads as deleted immediately', async () => {
      const state = await open(await acquire());
      await state.writeExpiring(sent(1));
      const deleting = state.writeExpiring(sent(null));
      expect(await state.readExpiring('sent', '3EB0')).toBeNull();
      await deleting;
      expect(await keys()).toEqual([]);
    });

    it('is refused to a former owner', async () => {
      const stale = await open(await acquire());
      await acquire();
      await expect(stale.writeExpiring(sent(1))).rejects.toBeInstanceOf(LeaseLostError);
      expect(await keys()).toEqual([]);
    });

    it('is refused if it is too large, but nothing else is', async () => {
      const state = await open(await acquire());
      const large = expect(state.writeExpiring(sent('x'.repeat(400_000)))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
      await state.writeKeys({ session: { a: SECRET } });
      await large;
      expect(await state.readKeys('session', ['a'])).toEqual({ a: SECRET });
    });

    it('survives a logout, and is removed when the session is erased', async () => {
      const state = await open(await acquire());
      await state.writeCredentials(CREDENTIALS);
      await state.writeExpiring(sent('kept'));
      await state.clear();
      expect(await state.readExpiring('sent', '3EB0')).toBe('kept');
      await state.writeExpiring(sent(null));
      await state.restore();
      expect(await state.readExpiring('sent', '3EB0')).toBeNull();
      await state.writeExpiring(sent('kept'));
      await state.erase();
      expect(await keys()).toEqual([]);
    });
  });

  it('returns a new value to each reader, which may modify it', async () => {
    const state = await open(await acquire());
    await state.writeKeys({ 'device-list': { x: ['0'] } });
    ((await state.readKeys('device-list', ['x']))['x'] as string[]).push('changed');
    expect(await state.readKeys('device-list', ['x'])).toEqual({ x: ['0'] });
  });

  it('leaves no values, ids or keys readable on the broker disk', async () => {
    const state = await open(await acquire());
    await state.writeCredentials(CREDENTIALS);
    await state.writeKeys({ session: { [`${PHONE}.0`]: EVERY_KIND.session }, 'lid-mapping': { [PHONE]: '98765432101234' } });
    await state.clear();
    await state.writeCredentials(CREDENTIALS);
    await server.restart();
    const bytes = Buffer.concat(
      readdirSync(storeDir, { recursive: true, withFileTypes: true })
        .filter(file => file.isFile())
        .map(file => readFileSync(join(file.parentPath, file.name)))
    );
    expect(bytes.includes(`$KV.${OWNERSHIP_BUCKET}.auth.a.creds`)).toBe(true);
    for (const secret of [PHONE, '98765432101234', SECRET.toString()]) {
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64'),
        Buffer.from(secret).toString('base64url'),
        Buffer.from(secret).toString('hex')
      ]) {
        expect(bytes.includes(form.slice(0, 14))).toBe(false);
      }
    }
    expect(bytes.includes(OLD_KEY.secret)).toBe(false);
  });

  it('stores 812 pre-keys and the credentials in one step', async () => {
    const state = await open(await acquire());
    const keys = Object.fromEntries(
      Array.from({ length: 812 }, (_, i) => [String(i + 1), { public: Buffer.from([i & 255]), private: SECRET }])
    );
    await Promise.all([state.writeKeys({ 'pre-key': keys }), state.writeCredentials(CREDENTIALS)]);
    const revisions = (await bucket.list(`auth.${session}.>`)).map(entry => entry.revision).sort((x, y) => x - y);
    expect(revisions.at(-1)! - revisions[1]!).toBe(812);
    await server.kill();
    await server.restart();
    await awaitCondition(
      () => broker.health.check().then(() => true),
      healthy => healthy
    );
    const next = await open(await acquire());
    expect(await next.readKeys('pre-key', Object.keys(keys))).toEqual(keys);
  }, 20_000);

  it('stores a transaction of over 1,000 records, credentials last', async () => {
    const state = await open(await acquire());
    const ids = Array.from({ length: 2_500 }, (_, i) => String(i));
    await Promise.all([
      state.writeCredentials(CREDENTIALS),
      state.writeKeys({ 'pre-key': Object.fromEntries(ids.map(id => [id, { n: id }])) })
    ]);
    expect(Object.keys(await (await open(await acquire())).readKeys('pre-key', ids))).toHaveLength(2_500);
  });

  it('deletes records, and reads its own pending writes', async () => {
    const state = await open(await acquire());
    const writing = state.writeKeys({ session: { x: 'one', y: 'two' } });
    expect(await state.readKeys('session', ['x', 'y', 'z'])).toEqual({ x: 'one', y: 'two' });
    const deleting = state.writeKeys({ session: { x: null } });
    expect(await state.readKeys('session', ['x', 'y'])).toEqual({ y: 'two' });
    await Promise.all([writing, deleting]);
    expect(await state.readKeys('session', ['x', 'y'])).toEqual({ y: 'two' });
    expect(await (await open(await acquire())).readKeys('session', ['x', 'y'])).toEqual({ y: 'two' });
  });

  it('never reads an old value while a newer one is written', async () => {
    const state = await open(await acquire(), [OLD_KEY], 1);
    for (let n = 0; n < 50; n++) {
      const [, read] = await Promise.all([state.writeKeys({ session: { x: n } }), state.readKeys('session', ['x'])]);
      expect(read).toEqual({ x: n });
      expect(await state.readKeys('session', ['x'])).toEqual({ x: n });
    }
  });

  it('refuses every write of a former owner', async () => {
    const old = await acquire();
    const former = await open(old);
    await former.writeKeys({ session: { x: 'by the former' } });
    const state = await open(await acquire());
    await expect(former.writeKeys({ session: { x: 'stale', y: 'stale' } })).rejects.toBeInstanceOf(LeaseLostError);
    await expect(former.writeCredentials(CREDENTIALS)).rejects.toBeInstanceOf(LeaseLostError);
    await expect(former.clear()).rejects.toBeInstanceOf(LeaseLostError);
    await expect(former.erase()).rejects.toBeInstanceOf(LeaseLostError);
    expect(await state.readKeys('session', ['x', 'y'])).toEqual({ x: 'by the former' });
    expect(await state.readCredentials()).toBeNull();
    old.expire();
    await expect(former.readKeys('session', ['x'])).rejects.toBeInstanceOf(LeaseLostError);
    await expect(former.writeKeys({ session: { x: 'stale' } })).rejects.toBeInstanceOf(LeaseLostError);
    await expect(open(old)).resolves.toBeDefined();
  });

  it('waits for the broker while the lease holds, in order', async () => {
    const lease = await acquire();
    const state = await open(lease);
    await server.kill();
    const writes = Promise.all(Array.from({ length: 20 }, (_, n) => state.writeKeys({ session: { x: n } })));
    await server.restart();
    await writes;
    expect((await bucket.list('ring.a.*')).length).toBeLessThanOrEqual(2);
    await server.kill();
    const given = expect(state.writeKeys({ session: { x: 'never' } })).rejects.toBeInstanceOf(LeaseLostError);
    lease.expire();
    await given;
    await server.restart();
    await awaitCondition(
      () => broker.health.check().then(() => true),
      healthy => healthy
    );
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 19 });
  }, 20_000);

  it('reports a different key and changes nothing', async () => {
    await (await open(await acquire())).writeCredentials(CREDENTIALS);
    const before = await bucket.list('auth.>');
    const state = await open(await acquire(), [NEW_KEY]);
    await expect(state.readCredentials()).rejects.toMatchObject({ name: 'AuthStateUnreadableError', reason: 'unknown-key' });
    await expect(state.writeCredentials(CREDENTIALS)).rejects.toMatchObject({ reason: 'unknown-key' });
    expect(await bucket.list('auth.>')).toEqual(before);
  });

  it('continues under a new key next to the old one', async () => {
    await (await open(await acquire())).writeKeys({ session: { x: 'old', y: 'old' } });
    const rotated = await open(await acquire(), [NEW_KEY, OLD_KEY]);
    expect(await rotated.readKeys('session', ['x', 'y'])).toEqual({ x: 'old', y: 'old' });
    await rotated.writeKeys({ session: { x: 'new' } });
    expect(await (await open(await acquire(), [NEW_KEY, OLD_KEY])).readKeys('session', ['x', 'y'])).toEqual({ x: 'new', y: 'old' });
  });

  it('refuses values that were modified or swapped in the store', async () => {
    const state = await open(await acquire());
    await state
      .adopt({ credentials: CREDENTIALS, records: ['session', 'sender-key'].map(type => ({ type, id: 'x', value: type })) })
      .next();
    const [one, two] = await Promise.all(['session', 'sender-key'].map(async type => (await bucket.list(`auth.a.${type}.*`))[0]!));
    await bucket.delete('auth.a.clearing');
    await bucket.put(one!.key, two!.value);
    await expect((await open(await acquire())).readKeys('session', ['x'])).rejects.toMatchObject({ reason: 'damaged' });
    const changed = Uint8Array.from(two!.value);
    changed[changed.length - 20]! ^= 1;
    await bucket.put(two!.key, changed);
    await expect((await open(await acquire())).readKeys('sender-key', ['x'])).rejects.toMatchObject({ reason: 'damaged' });
  });

  describe('its write-ahead ring', () => {
    const ring = (): Promise<Entry[]> => bucket.list(`ring.${session}.*`);
    const records = async (type: string): Promise<number> => (await bucket.list(`auth.${session}.${type}.*`)).length;

    it('stores a whole transaction as one message', async () => {
      const state = await open(await acquire());
      await state.writeKeys({ session: { x: 1, gone: null }, inbox: { 0: { n: 1 } }, 'device-list': { x: ['0'] } });
      expect(await ring()).toHaveLength(1);
      expect(await stored()).toEqual(['auth.a.naming']);
      const next = await open(await acquire());
      expect(await next.readKeys('session', ['x', 'gone'])).toEqual({ x: 1 });
      expect(await next.listKeys('inbox')).toEqual({ 0: { n: 1 } });
    });

    it('is folded except for what later entries overwrite', async () => {
      const state = await open(await acquire());
      const expected: Record<string, number> = {};
      for (let n = 0; n < 300; n++) {
        expected[`c${n % 150}`] = n;
        await state.writeKeys({ session: { [`c${n % 150}`]: n, busy: n }, inbox: { [n % 65]: { n } } });
      }
      expect(await state.listKeys('inbox')).toMatchObject({ 0: { n: 260 }, 64: { n: 259 } });
      expect(await records('inbox')).toBe(0);
      expect(await records('session')).toBe(150);
      expect((await ring()).length).toBeLessThanOrEqual(128);
      const next = await open(await acquire());
      expect(await next.readKeys('session', Object.keys(expected))).toEqual(expected);
      expect(await next.readKeys('session', ['busy'])).toEqual({ busy: 299 });
      expect(Object.keys(await next.listKeys('inbox'))).toHaveLength(65);
    });

    it('loses nothing acknowledged when owners end anywhere', async () => {
      const kept: Record<string, number> = {};
      let state = await open(await acquire());
      for (let n = 1; n <= 700; n++) {
        const id = `k${(n * 7) % 90}`;
        const writing = state.writeKeys({ session: { [id]: n % 11 === 0 ? null : n }, inbox: { [n % 65]: { n } } });
        if (n % 97 !== 0) {
          await writing;
          if (n % 11 === 0) delete kept[id];
          else kept[id] = n;
          continue;
        }
        // Another owner takes over during the write; an unacknowledged change may or may not be stored.
        const [next] = await Promise.all([acquire().then(lease => open(lease)), writing.catch(() => undefined)]);
        state = next;
        const found = (await state.readKeys('session', [id]))[id];
        if (found === undefined) delete kept[id];
        else kept[id] = found as number;
      }
      const all = Array.from({ length: 90 }, (_, i) => `k${i}`);
      expect(await state.readKeys('session', all)).toEqual(kept);
      expect(await (await open(await acquire(), [OLD_KEY], 1)).readKeys('session', all)).toEqual(kept);
    });

    it('is void for writes that bypass it, and continues after them', async () => {
      const state = await open(await acquire());
      await state.writeKeys({ session: { x: 'ring', y: 'ring' } });
      const large = Object.fromEntries(['x', 'a', 'b'].map(id => [id, id.repeat(250_000)]));
      await state.writeKeys({ session: large });
      const ids = ['x', 'y', 'a', 'b'];
      expect(await (await open(await acquire())).readKeys('session', ids)).toEqual({ ...large, y: 'ring' });
      const next = await open(await acquire());
      await next.writeKeys({ session: { x: 'later' } });
      expect(await (await open(await acquire())).readKeys('session', ids)).toEqual({ ...large, y: 'ring', x: 'later' });
    });

    it('refuses an entry that was modified or swapped', async () => {
      const state = await open(await acquire());
      for (const x of [1, 2]) await state.writeKeys({ session: { x } });
      const [first, second] = await ring();
      await bucket.put(
        second!.key,
        Uint8Array.from(first!.value, (byte, i) => (i < 6 ? second!.value[i]! : byte))
      );
      const next = await open(await acquire());
      await expect(next.readKeys('session', ['x'])).rejects.toMatchObject({ reason: 'damaged' });
      await next.clear();
      await next.writeKeys({ session: { x: 3 } });
      expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 3 });
    });

    it('counts from the start when restored over a damaged one', async () => {
      const state = await open(await acquire());
      await Promise.all([state.writeCredentials(CREDENTIALS), state.writeKeys({ session: { x: 1 } })]);
      await state.clear();
      await state.writeKeys({ session: { x: 2 } });
      const [entry] = await ring();
      await bucket.put(
        entry!.key,
        entry!.value.map((byte, i) => (i < 20 ? byte : byte ^ 1))
      );
      const damaged = await open(await acquire());
      await expect(damaged.readKeys('session', ['x'])).rejects.toMatchObject({ name: 'AuthStateUnreadableError' });
      await damaged.restore();
      await damaged.writeKeys({ session: { x: 3 } });
      expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 3 });
    });

    it('leaves nothing when the session is erased', async () => {
      const state = await open(await acquire());
      await state.writeKeys({ session: { x: 1 } });
      await state.clear();
      expect(await ring()).toEqual([]);
      await state.writeKeys({ session: { x: 2 } });
      await state.erase();
      expect((await bucket.list('>')).map(({ key }) => key)).toEqual(['own.a']);
    });
  });

  it('keeps a snapshot when cleared, and restores it', async () => {
    const state = await open(await acquire());
    await Promise.all([state.writeCredentials(CREDENTIALS), state.writeKeys({ session: { x: 'kept' } })]);
    await state.clear();
    expect(await state.readCredentials()).toBeNull();
    expect(await state.readKeys('session', ['x'])).toEqual({});
    await state.writeKeys({ session: { x: 'later' } });
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 'later' });
    const restored = await open(await acquire());
    const [takenAt] = await restored.snapshots();
    expect(Math.abs(Date.parse(takenAt!) - Date.now())).toBeLessThan(10_000);
    expect(await restored.restore()).toBe(takenAt);
    for (const reader of [restored, await open(await acquire())]) {
      expect(await reader.readCredentials()).toEqual(CREDENTIALS);
      expect(await reader.readKeys('session', ['x'])).toEqual({ x: 'kept' });
    }
    expect(await restored.snapshots()).toEqual([takenAt]);
  });

  it('restores more records than fit in one step', async () => {
    const state = await open(await acquire());
    const many = Object.fromEntries(Array.from({ length: 2_300 }, (_, i) => [String(i), i]));
    await Promise.all([state.writeCredentials(CREDENTIALS), state.writeKeys({ session: many })]);
    const before = (await stored()).sort();
    await state.clear();
    await Promise.all([state.writeCredentials({ unlinked: true }), state.writeKeys({ 'sender-key': { stray: 'x' } })]);
    await state.restore();
    expect((await stored()).sort()).toEqual(before);
    const next = await open(await acquire());
    expect(await next.readKeys('session', Object.keys(many))).toEqual(many);
    expect(await next.readCredentials()).toEqual(CREDENTIALS);
  });

  it('restores nothing without a snapshot that decrypts', async () => {
    const state = await open(await acquire());
    await state.writeKeys({ session: { x: 'present' } });
    expect(await state.restore()).toBeNull();
    await state.writeCredentials(CREDENTIALS);
    await state.clear();
    await state.writeKeys({ session: { x: 'present' } });
    const [part] = await bucket.list('snapshot.a.>');
    const records = JSON.parse(Buffer.from(part!.value).toString()) as Record<string, string>;
    records['auth.a.creds'] = records['auth.a.naming']!;
    await bucket.put(part!.key, Buffer.from(JSON.stringify(records)));
    await expect(state.restore()).rejects.toMatchObject({ reason: 'damaged' });
    expect(await state.readKeys('session', ['x'])).toEqual({ x: 'present' });
  });

  it('can be cleared if the names of its records are unreadable', async () => {
    await (await open(await acquire())).writeCredentials(CREDENTIALS);
    const naming = (await bucket.get('auth.a.naming'))!;
    await bucket.put(
      'auth.a.naming',
      Uint8Array.from(naming.value, byte => byte ^ 1)
    );
    const state = await open(await acquire());
    await expect(state.readCredentials()).rejects.toMatchObject({ name: 'AuthStateUnreadableError' });
    await expect(state.writeKeys({ session: { x: 'one' } })).rejects.toMatchObject({ name: 'AuthStateUnreadableError' });
    await state.clear();
    expect(await state.readCredentials()).toBeNull();
    await state.writeKeys({ session: { x: 'anew' } });
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 'anew' });
  });

  it('waits for a lapsed lease and loses nothing', async () => {
    const lease = await acquire();
    const state = await open(lease);
    await state.writeKeys({ session: { x: 'before' } });
    lease.lapsed = true;
    const waiting = Promise.all([
      state.writeKeys({ session: { x: 'later' } }),
      state.writeCredentials(CREDENTIALS),
      state.readKeys('session', ['y'])
    ]);
    expect(await Promise.race([waiting, delay(200, 'waits')])).toBe('waits');
    const writtenMeanwhile = await bucket.get('auth.a.creds');
    expect(writtenMeanwhile).toBeNull();
    lease.lapsed = false;
    await waiting;
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 'later' });
  });

  it('fails if a lapsed lease is then lost', async () => {
    const lease = await acquire();
    const state = await open(lease);
    lease.lapsed = true;
    const given = Promise.all([
      expect(state.writeKeys({ session: { x: 'never' } })).rejects.toBeInstanceOf(LeaseLostError),
      expect(state.readKeys('session', ['x'])).rejects.toBeInstanceOf(LeaseLostError)
    ]);
    lease.expire();
    await given;
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({});
  });

  it('counts only the entries of open sessions in its metrics', async () => {
    const registry = new MetricsRegistry('test');
    const options = { keys: [OLD_KEY], logger: pino({ level: 'silent' }) };
    const store = new AuthStateStore(broker.buckets, options, new AuthStateMetrics(registry));
    const entries = async (): Promise<number> => Number(/^wabus_connector_auth_ring_entries\S* (\S+)$/m.exec(await registry.metrics())![1]);
    const first = await acquire();
    const state = await store.open(first);
    for (const id of ['a', 'b', 'c']) await state.writeKeys({ session: { [id]: SECRET } });
    expect(await entries()).toBe(3);
    first.expire();
    expect(await entries()).toBe(0);
    // The lease is lost while the auth state is being opened.
    const second = await acquire();
    const opening = store.open(second);
    second.expire();
    await opening.catch(() => undefined);
    expect(await entries()).toBe(0);
  });

  it('detects whether the session has another owner by now', async () => {
    const state = await open(await acquire());
    await state.confirmOwner();
    await acquire();
    await expect(state.confirmOwner()).rejects.toBeInstanceOf(LeaseLostError);
  });

  it('keeps three snapshots', async () => {
    const state = await open(await acquire());
    for (let n = 0; n < 5; n++) {
      await state.writeCredentials({ n });
      await state.clear();
    }
    expect(new Set((await bucket.list('snapshot.a.>')).map(entry => entry.key.split('.')[2])).size).toBe(3);
  });

  it('erases everything of one session, including snapshots', async () => {
    const other = await open(await acquire('b' as SessionId));
    await other.writeCredentials(CREDENTIALS);
    const state = await open(await acquire());
    await state.writeCredentials(CREDENTIALS);
    await state.clear();
    await Promise.all([state.writeCredentials(CREDENTIALS), state.writeKeys({ session: { x: 'one' } })]);
    await state.erase();
    expect(await stored()).toEqual([]);
    expect(await bucket.list('snapshot.a.>')).toEqual([]);
    expect(await other.readCredentials()).toEqual(CREDENTIALS);
    await state.writeKeys({ session: { x: 'anew' } });
    expect(await (await open(await acquire())).readKeys('session', ['x'])).toEqual({ x: 'anew' });
  });

  it('finishes the clearing that a former owner began', async () => {
    const state = await open(await acquire());
    await state.writeKeys({ session: { x: 'left over' } });
    await bucket.put('auth.a.clearing', new Uint8Array([1]));
    const next = await open(await acquire());
    expect(await next.readKeys('session', ['x'])).toEqual({});
    expect(await stored()).toEqual(['auth.a.naming']);
  });

  it('clears more records than one step takes', async () => {
    const state = await open(await acquire());
    const many = Object.fromEntries(Array.from({ length: 2_300 }, (_, i) => [String(i), 'x']));
    await Promise.all([state.writeCredentials(CREDENTIALS), state.writeKeys({ session: many })]);
    await state.clear();
    expect(await stored()).toEqual(['auth.a.naming']);
  });
});
