import { activeRestriction, usedShare } from './restriction.policy.js';

const NOW = Date.parse('2030-01-01T00:00:00Z');

describe('restrictions by WhatsApp', () => {
  it('end at their end time', () => {
    const kind = 'RESTRICT_ALL_COMPANIONS';
    expect(activeRestriction({ restriction: { kind, until: '2030-01-02T00:00:00Z' } }, NOW)).toEqual({ until: '2030-01-02T00:00:00Z' });
    expect(activeRestriction({ restriction: { kind, until: '2029-12-31T00:00:00Z' } }, NOW)).toBeNull();
    expect(activeRestriction({ restriction: { kind, until: null } }, NOW)).toEqual({ until: null });
    expect(activeRestriction({ restriction: null }, NOW)).toBeNull();
    expect(activeRestriction({}, NOW)).toBeNull();
  });

  it('on new chats are shown as a share, if it is known', () => {
    const quota = { state: 'NONE', cycleEnd: null };
    expect(usedShare({ newChats: { ...quota, total: 200, used: 50 } })).toBe(0.25);
    expect(usedShare({ newChats: { ...quota, total: 200, used: 300 } })).toBe(1);
    for (const newChats of [null, { ...quota, total: null, used: 1 }, { ...quota, total: 0, used: 0 }, { ...quota, total: 5, used: null }])
      expect(usedShare({ newChats })).toBeNull();
  });
});
