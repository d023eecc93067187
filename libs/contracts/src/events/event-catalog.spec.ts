import { EVENT_NAMES, eventsOfPattern } from './event-catalog.js';

describe('a pattern over events', () => {
  it('is a name, all of a family, or all', () => {
    expect(eventsOfPattern('call')).toEqual(['call']);
    expect(eventsOfPattern('chats.*')).toEqual(['chats.upsert', 'chats.update', 'chats.delete', 'chats.lock']);
    expect(eventsOfPattern('*')).toEqual(EVENT_NAMES);
  });

  it.each(['', '.*', '*.*', '*.upsert', 'messages', 'messages.', 'messages.u*', 'messages*', 'call.*', 'messages.*.*', '__proto__.*', '>'])(
    '%j fits nothing',
    pattern => expect(eventsOfPattern(pattern)).toEqual([])
  );

  it('keeps to whole words', () => {
    expect(eventsOfPattern('messages.*')).not.toContain('messaging-history.set');
    expect(eventsOfPattern('messages.*')).not.toContain('message-receipt.update');
  });
});
