import { WabusError } from '@wabus/contracts';
import Long from 'long';
import type { AuthState } from '../../auth-state/auth-state.js';
import { proto } from '../baileys.js';
import { plainCopy, SocketCredentials } from './socket-credentials.js';

test('a protobuf instance becomes a plain object and back', () => {
  const data = proto.Message.AppStateSyncKeyData.fromObject({
    keyData: Buffer.alloc(32, 7),
    fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 3] },
    timestamp: Long.fromNumber(1_700_000_000_000)
  });
  const copy = plainCopy(data) as { keyData: Buffer; timestamp: number };
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(Buffer.isBuffer(copy.keyData)).toBe(true);
  expect(copy.timestamp).toBe(1_700_000_000_000);
  const again = proto.Message.AppStateSyncKeyData.fromObject(copy);
  expect(proto.Message.AppStateSyncKeyData.encode(again).finish()).toEqual(proto.Message.AppStateSyncKeyData.encode(data).finish());
});

test.each([null, 0, '', false, 'x', 5])('%j stays unchanged', value => expect(plainCopy(value)).toBe(value));
test('omits empty values and writes large numbers as text', () => {
  expect(plainCopy({ a: undefined, b: [1, undefined], c: Long.MAX_VALUE, d: () => 1 })).toEqual({
    b: [1, undefined],
    c: '9223372036854775807'
  });
});

describe('a failure to store', () => {
  async function credentials() {
    const ended = new AbortController();
    const nothing = { readCredentials: () => Promise.resolve(null) } as Partial<AuthState>;
    const opened = await SocketCredentials.open(nothing as AuthState, ended.signal);
    const failures: unknown[] = [];
    opened.onUnusable(err => failures.push(err));
    return { opened, ended, failures };
  }

  test('rejects once the socket has ended, and is reported once', async () => {
    const { opened, ended, failures } = await credentials();
    const failure = new Error('the lease is over');
    const first = opened.giveUp(failure).catch((err: unknown) => err);
    expect(failures).toEqual([failure]);
    ended.abort();
    expect(await first).toBe(failure);
    await expect(opened.giveUp(failure)).rejects.toBe(failure);
    expect(failures).toHaveLength(1);
  });

  test('does not end the socket if a record is too large', async () => {
    const { opened, failures } = await credentials();
    const failure = new WabusError('PAYLOAD_TOO_LARGE');
    await expect(opened.giveUp(failure)).rejects.toBe(failure);
    expect(failures).toEqual([]);
  });
});
