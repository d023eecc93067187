import { readLock, readMexData, readQuota } from './reach-limits.codec.js';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

describe('the limits that WhatsApp reports for an account', () => {
  test('a restriction keeps its kind and end', () => {
    const lock = { is_active: true, time_enforcement_ends: '1785000000', enforcement_type: 'RESTRICT_ALL_COMPANIONS' };
    expect(readLock(lock)).toEqual({ kind: 'RESTRICT_ALL_COMPANIONS', until: '2026-07-25T17:20:00.000Z' });
  });

  test.each([[{ is_active: false, enforcement_type: 'DEFAULT' }], [null], ['x'], [{}]])('%j is not a lock', value => {
    expect(readLock(value)).toBeNull();
  });

  test.each([['0'], [''], [null], [undefined], ['soon'], ['99999999999999999']])('an end of %j is unknown', time_enforcement_ends => {
    expect(readLock({ is_active: true, time_enforcement_ends })).toEqual({ kind: 'UNKNOWN', until: null });
  });

  test('a quota can have numbers as text', () => {
    expect(readQuota({ total_quota: '30', used_quota: 21, capping_status: 'FIRST_WARNING', cycle_end_timestamp: '1785000000' })).toEqual({
      total: 30,
      used: 21,
      state: 'FIRST_WARNING',
      cycleEnd: '2026-07-25T17:20:00.000Z'
    });
    expect(readQuota({})).toBeNull();
    expect(readQuota({ capping_status: 'CAPPED' })).toMatchObject({ total: null, used: null, state: 'CAPPED', cycleEnd: null });
  });

  test('only data is read', () => {
    expect(readMexData(bytes({ data: { a: 1 } }))).toEqual({ a: 1 });
    for (const content of [bytes({ data: null, errors: [{}] }), Buffer.from('{'), undefined, bytes([])])
      expect(readMexData(content)).toBeNull();
  });
});
