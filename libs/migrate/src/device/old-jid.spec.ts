import { MigrateError } from './migrate.error.js';
import { mendedJid } from './old-jid.policy.js';

describe('jids of older versions', () => {
  it.each([
    ['9@lid@s.whatsapp.net', '9@lid'],
    ['9:12@lid@s.whatsapp.net', '9:12@lid'],
    ['9@lid@s.whatsapp.net@s.whatsapp.net', '9@lid'],
    ['9@lid@lid', '9@lid'],
    ['9:99@hosted.lid@s.whatsapp.net', '9:99@hosted.lid'],
    ['1:2@s.whatsapp.net@s.whatsapp.net', '1:2@s.whatsapp.net'],
    ['1-2@g.us@s.whatsapp.net', '1-2@g.us']
  ])('%s is %s', (jid, mended) => expect(mendedJid('me.lid', jid)).toBe(mended));

  it.each(['1@s.whatsapp.net', '9:1@lid', '1@g.us', 'status@broadcast', '1', '__index'])('%s is unchanged', jid =>
    expect(mendedJid('me.lid', jid)).toBe(jid)
  );

  it.each(['1@s.whatsapp.net@lid', '9:12@s.whatsapp.net@lid', '9@lid@g.us', '9@lid:0@s.whatsapp.net', '@lid@s.whatsapp.net'])(
    '%s is refused by its field',
    jid => {
      expect(() => mendedJid('me.lid', jid)).toThrow(MigrateError);
      expect(() => mendedJid('me.lid', jid)).toThrow(/^me\.lid contains a jid with two domains/);
    }
  );
});
