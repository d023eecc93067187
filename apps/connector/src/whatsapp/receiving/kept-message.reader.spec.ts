import { identifyMessage } from './kept-message.reader.js';

const me = { id: '4912:3@s.whatsapp.net', lid: '77:3@lid' };
const chat = '15550000002@s.whatsapp.net';

test.each(['4912:99@hosted', '77:99@hosted.lid', '4912:4@s.whatsapp.net'])('a message of the own device %s is an own one', from => {
  const attrs = { id: 'A', from, recipient: chat, type: 'text', t: '1' };
  expect(identifyMessage({ tag: 'message', attrs, content: [] }, me)).toMatchObject({ fromMe: true, remoteJid: chat, id: 'A' });
});

test('one of a hosted device of somebody else is not', () => {
  const attrs = { id: 'A', from: '15550000002:99@hosted', type: 'text', t: '1' };
  expect(identifyMessage({ tag: 'message', attrs, content: [] }, me)).toMatchObject({ fromMe: false });
});
