import { EVENT_NAMES } from './events/event-catalog.js';
import type { SessionId } from './ids/ids.js';
import { commandSubject, eventFilter, eventSubject, liveSubject, parseCommandSubject, parseEventSubject } from './subjects.js';

const session = 'sales_1-DE' as SessionId;

describe('subjects', () => {
  test.each(EVENT_NAMES)('the subject of %s and its live form can be parsed', event => {
    const subject = eventSubject(session, event);
    expect(parseEventSubject(subject)).toEqual({ session, event });
    expect(parseEventSubject(liveSubject(subject))).toEqual({ session, event });
  });

  test.each(['', 'wa.evt', 'wa.evt.s', 'wa.evt.s.nope', 'wa.evt.a b.call', 'wa.cmd.s.call', 'other.evt.s.call', 'wa.evt.*.call'])(
    '%j is not an event subject',
    subject => {
      expect(parseEventSubject(subject)).toBeNull();
    }
  );

  test('a filter matches more if parts are left out', () => {
    expect(eventFilter()).toBe('wa.evt.*.>');
    expect(eventFilter({ session })).toBe('wa.evt.sales_1-DE.>');
    expect(eventFilter({ event: 'messages.upsert' })).toBe('wa.evt.*.messages.upsert');
  });

  test('a command subject parses back, dots in the method included', () => {
    expect(parseCommandSubject(commandSubject(session, 'sendMessage'))).toEqual({ session, method: 'sendMessage' });
    expect(parseCommandSubject('wa.cmd.s.a.b')).toEqual({ session: 's', method: 'a.b' });
  });

  test.each(['wa.cmd.', 'wa.cmd.s', 'wa.cmd.s.', 'wa.cmd..m', 'wa.cmd.s s.m', 'wa.evt.s.m'])('%j is not a command subject', subject => {
    expect(parseCommandSubject(subject)).toBeNull();
  });
});
