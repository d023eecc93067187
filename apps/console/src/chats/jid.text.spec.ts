import { isGroupChat, jidOfPhone, phoneOf } from './jid.text.js';

describe('jids as people write them', () => {
  it('are phone numbers where they are', () => {
    expect(phoneOf('4915112345678@s.whatsapp.net')).toBe('+4915112345678');
    expect(phoneOf('4915112345678:12@s.whatsapp.net')).toBe('+4915112345678');
    expect(phoneOf('123@lid')).toBe('123@lid');
  });

  it('can be groups', () => {
    expect(isGroupChat('120363041234567890@g.us')).toBe(true);
    expect(isGroupChat('4915112345678@s.whatsapp.net')).toBe(false);
  });

  it.each(['+49 151 1234-5678', '(4915112345678)', '49.15112345678'])('come from what is typed: %s', typed => {
    expect(jidOfPhone(typed)).toMatch(/^\d+@s\.whatsapp\.net$/);
  });

  it.each(['', 'hello', '12', '+49 151 x'])('do not come from %j', typed => {
    expect(jidOfPhone(typed)).toBeNull();
  });
});
