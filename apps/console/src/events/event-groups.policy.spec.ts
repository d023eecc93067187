import type { AnyEvent } from '@wabus/sdk';
import { groupEvents } from './event-groups.policy.js';

const ANA = '4915112345678@s.whatsapp.net';
const BEN = '4915187654321@s.whatsapp.net';

let next = 0;
function event(name: string, data: unknown, afterMs = 0, session = 'sales'): AnyEvent {
  const at = new Date(Date.parse('2026-11-30T06:00:00Z') + afterMs).toISOString();
  return { id: `e${++next}`, cursor: `c${next}`, event: name, session, at, epoch: 1, schemaVersion: 1, data } as unknown as AnyEvent;
}
const message = (jid: string, afterMs = 0, session = 'sales'): AnyEvent =>
  event('messages.upsert', { type: 'notify', messages: [{ key: { remoteJid: jid, id: 'X' } }] }, afterMs, session);
const chat = (jid: string, afterMs = 0, session = 'sales'): AnyEvent => event('chats.update', [{ id: jid }], afterMs, session);

describe('the rows of the list of events', () => {
  it('have one row for a message and all that it changed', () => {
    const events = [chat(ANA, 3), event('contacts.update', [{ id: ANA, notify: 'Ana' }], 2), message(ANA, 1)];
    expect(groupEvents(events)).toEqual([{ event: events[2], companions: [events[0], events[1]] }]);
  });

  it('are the same if a companion is stored before its message', () => {
    const events = [message(ANA, 5), chat(ANA, 1)];
    expect(groupEvents(events)).toEqual([{ event: events[0], companions: [events[1]] }]);
    // Only the companion, as it arrives live.
    expect(groupEvents([events[1]!])).toEqual([{ event: events[1], companions: [] }]);
  });

  it('keep chats, sessions and distant times apart', () => {
    const apart = [chat(BEN, 1), chat(ANA, 1, 'support'), chat(ANA, 2_500)];
    const sent = message(ANA);
    expect(groupEvents([...apart, sent]).map(group => group.event)).toEqual([...apart, sent]);
  });

  it('add a companion to the nearest of two messages', () => {
    const [first, second] = [message(ANA), message(ANA, 1_000)];
    const [near, nearer] = [chat(ANA, 100), chat(ANA, 900)];
    expect(groupEvents([second, nearer, near, first])).toEqual([
      { event: second, companions: [nearer] },
      { event: first, companions: [near] }
    ]);
  });

  it('keep an event without a message as a separate row', () => {
    const events = [event('session.status', { state: 'open' }), event('groups.update', [{ id: ANA }]), message(ANA)];
    expect(groupEvents(events).every(({ companions }) => companions.length === 0)).toBe(true);
  });
});
