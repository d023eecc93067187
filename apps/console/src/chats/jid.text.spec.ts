import { chatKindOf, isGroupChat, jidOfPhone, phoneIn } from './jid.text.js';

describe('jids in a readable form', () => {
  it('are phone numbers if the jid contains one', () => {
    expect(phoneIn('4915112345678@s.whatsapp.net')).toBe('+4915112345678');
    expect(phoneIn('4915112345678:12@s.whatsapp.net')).toBe('+4915112345678');
    expect(phoneIn('123@lid')).toBeNull();
  });

  it.each([
    ['4915112345678@s.whatsapp.net', 'phone'],
    ['123@lid', 'hidden'],
    ['120363041234567890@g.us', 'group'],
    ['120363041234567890@newsletter', 'channel'],
    ['status@broadcast', 'status'],
    ['1700000000@broadcast', 'list']
  ])('%s is a %s', (jid, kind) => {
    expect(chatKindOf(jid)).toBe(kind);
    expect(isGroupChat(jid)).toBe(kind === 'group');
  });

  it.each(['+49 151 1234-5678', '(4915112345678)', '49.15112345678'])('can be typed as a phone number: %s', typed => {
    expect(jidOfPhone(typed)).toMatch(/^\d+@s\.whatsapp\.net$/);
  });

  it.each(['', 'hello', '12', '+49 151 x'])('cannot be typed as %j', typed => {
    expect(jidOfPhone(typed)).toBeNull();
  });
});
