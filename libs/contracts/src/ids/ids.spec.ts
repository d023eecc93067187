import { isSessionId, parseJid } from './ids.js';

test.each(['a', 'A-z_09', 'x'.repeat(64)])('%j is a session id', id => expect(isSessionId(id)).toBe(true));
test.each(['', 'x'.repeat(65), 'a.b', 'a/b', 'a b', 'ä', '*', '>', null, undefined, 5, ['a'], { toString: () => 'a' }])(
  '%j is not a session id',
  id => expect(isSessionId(id)).toBe(false)
);

test.each([
  ['+1 (650) 555-1234', '16505551234@s.whatsapp.net'],
  ['16505551234', '16505551234@s.whatsapp.net'],
  ['16505551234@s.whatsapp.net', '16505551234@s.whatsapp.net'],
  ['16505551234@c.us', '16505551234@s.whatsapp.net'],
  ['16505551234:3@s.whatsapp.net', '16505551234:3@s.whatsapp.net'],
  ['900000000000001@lid', '900000000000001@lid'],
  ['120363000000000001@g.us', '120363000000000001@g.us'],
  ['status@broadcast', 'status@broadcast']
])('%j is the jid %j', (text, jid) => expect(parseJid(text)).toBe(jid));

test.each(['', 'bob', 'bob@example.org', '1234', '+', '1'.repeat(26), 'a b@s.whatsapp.net', '16505551234@s.whatsapp.net.evil.org'])(
  '%j is not a jid',
  text => expect(parseJid(text)).toBeNull()
);
