import { deletionPatch, starPatch } from './message-marks.js';

const GROUP = '120363000000000001@g.us';
const PERSON = '4915550004@s.whatsapp.net';
const AUTHOR = '900004915550005@lid';

test.each([
  ['of another member', GROUP, { id: 'M', fromMe: false, participant: AUTHOR }, [GROUP, 'M', '0', AUTHOR]],
  ['of the account in a group', GROUP, { id: 'M', fromMe: true, participant: AUTHOR }, [GROUP, 'M', '1', '0']],
  ['from a contact', PERSON, { id: 'M' }, [PERSON, 'M', '0', '0']]
])('a message %s is identified as phones identify it', (_whose, jid, key, place) => {
  expect(starPatch(jid, key, true)).toMatchObject({ index: ['star', ...place], syncAction: { starAction: { starred: true } } });
  const deletion = { key: { remoteJid: jid, ...key }, deleteMedia: true, timestamp: 5 };
  expect(deletionPatch(jid, deletion)).toMatchObject({
    index: ['deleteMessageForMe', ...place],
    syncAction: { deleteMessageForMeAction: { deleteMedia: true, messageTimestamp: 5 } }
  });
});
