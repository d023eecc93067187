import { EVENT_NAMES, type SessionId } from '@wabus/contracts';
import { filterSubjects } from './consumer-filter.policy.js';

const sessions = (count: number): SessionId[] => Array.from({ length: count }, (_, i) => `s${i}` as SessionId);

describe('the filters of a scope', () => {
  it('name each session and event, once', () => {
    expect(filterSubjects({ sessions: ['a', 'b', 'a'] as SessionId[], events: ['call', 'messages.upsert'] })).toEqual([
      'wa.evt.a.call',
      'wa.evt.a.messages.upsert',
      'wa.evt.b.call',
      'wa.evt.b.messages.upsert'
    ]);
  });

  it('leave out what is not restricted', () => {
    expect(filterSubjects({})).toEqual(['wa.evt.*.>']);
    expect(filterSubjects({ events: EVENT_NAMES })).toEqual(['wa.evt.*.>']);
    expect(filterSubjects({ sessions: sessions(1) })).toEqual(['wa.evt.s0.>']);
    expect(filterSubjects({ events: ['call'] })).toEqual(['wa.evt.*.call']);
  });

  it('cover more than the scope rather than become too many', () => {
    expect(filterSubjects({ sessions: sessions(100), events: ['call', 'chats.lock'] })).toEqual(sessions(100).map(id => `wa.evt.${id}.>`));
    expect(filterSubjects({ sessions: sessions(1_000), events: ['call', 'chats.lock'] })).toEqual(['wa.evt.*.call', 'wa.evt.*.chats.lock']);
    expect(filterSubjects({ sessions: sessions(1_000) })).toEqual(['wa.evt.*.>']);
  });
});
