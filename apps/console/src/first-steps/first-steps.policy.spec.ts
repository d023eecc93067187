import { NOTHING_OBSERVED } from '@wabus/contracts';
import type { SessionView } from '@wabus/sdk';
import { isBeginning, snippets, stepsDone, STEPS } from './first-steps.policy.js';

function session(linked: boolean, messagesOut: number): SessionView {
  const account = linked ? { id: '15550000001@s.whatsapp.net', lid: null, name: null, platform: null } : null;
  const counters = { ...NOTHING_OBSERVED.counters, messagesOut };
  const facts = { session: 's', connector: 'c', epoch: 1, updatedAt: '', snapshots: [], state: 'open' as const, account, counters };
  return { session: 's', desired: 'running', createdAt: '', status: { ...NOTHING_OBSERVED, ...facts } };
}

describe('the first steps', () => {
  it('are marked as done', () => {
    expect([...stepsDone({ sessions: [], tokenUses: null, webhooks: null })]).toEqual([]);
    expect([...stepsDone({ sessions: [session(true, 0)], tokenUses: [null], webhooks: 0 })]).toEqual(['link']);
    expect([...stepsDone({ sessions: [session(true, 1)], tokenUses: [null, '2030-01-01'], webhooks: 1 })]).toEqual(STEPS);
  });

  it('are shown to new users only', () => {
    expect(isBeginning([], new Set())).toBe(true);
    expect(isBeginning([session(true, 1)], new Set(STEPS))).toBe(false);
    expect(isBeginning([session(true, 1), session(false, 0)], new Set())).toBe(false);
  });

  it('contain the address and the session, but no token', () => {
    for (const text of Object.values(snippets('https://wabus.example', session(true, 0)))) {
      expect(text).toContain('https://wabus.example/api/');
      expect(text).toContain('TOKEN');
    }
    expect(snippets('https://wabus.example', session(true, 0)).send).toContain('/api/sessions/s/messages');
  });

  it('send to the account itself and to nobody else', () => {
    expect(snippets('https://wabus.example', session(true, 0)).send).toContain('"jid":"15550000001@s.whatsapp.net"');
    for (const view of [session(false, 0), undefined])
      expect(snippets('https://wabus.example', view).send).toContain('"jid":"<phone number>"');
  });
});
