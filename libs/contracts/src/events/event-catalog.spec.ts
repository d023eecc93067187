import { EVENT_NAMES, eventsOfPattern } from './event-catalog.js';

describe('a pattern over events', () => {
  it('matches a name, all of a family, or all events', () => {
    expect(eventsOfPattern('call')).toEqual(['call']);
    expect(eventsOfPattern('chats.*')).toEqual(['chats.upsert', 'chats.update', 'chats.delete', 'chats.lock']);
    expect(eventsOfPattern('*')).toEqual(EVENT_NAMES);
  });

  it.each(['', '.*', '*.*', '*.upsert', 'messages', 'messages.', 'messages.u*', 'messages*', 'call.*', 'messages.*.*', '__proto__.*', '>'])(
    '%j matches nothing',
    pattern => expect(eventsOfPattern(pattern)).toEqual([])
  );

  it('matches whole words only', () => {
    expect(eventsOfPattern('messages.*')).not.toContain('messaging-history.set');
    expect(eventsOfPattern('messages.*')).not.toContain('message-receipt.update');
  });
});
