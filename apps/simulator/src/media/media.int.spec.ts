import { phoneSenderOf } from '../messages/phone-sender.js';
import { downloadMediaMessage, proto, type WAMessage } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { Simulator } from '../simulator.js';
import { LinkedSocket } from '../stimuli/linked-socket.fixture.js';
import { onePixelPng } from '../stimuli/stimulus.js';
import { mediaFilesOf } from './media-files.js';

let simulator: Simulator;
let contact: Account;
let linked: LinkedSocket;

beforeAll(async () => {
  simulator = await Simulator.start({});
  contact = simulator.world.accounts.create({ name: 'Bob' });
  linked = await LinkedSocket.pair(simulator, simulator.world.accounts.create({ name: 'Alice' }));
});

afterAll(async () => {
  await linked.end();
  await simulator.stop();
});

const download = (message: WAMessage): Promise<Buffer> => downloadMediaMessage(message, 'buffer', {});

test('a contact decrypts the image that a socket uploads', async () => {
  const image = onePixelPng();
  await linked.socket.sendMessage(contact.jid(), { image, caption: 'a pixel', jpegThumbnail: '' });
  const received = await new Promise<proto.IMessage>(resolve => {
    const arrived = contact.received.find(({ text }) => text === 'a pixel');
    if (arrived) resolve(proto.Message.fromObject(arrived.message));
    else simulator.world.events.once('phone-message', ({ message }) => resolve(message));
  });
  expect(received.imageMessage?.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  // Unmodified Baileys fetches a file with a direct path from WhatsApp's own host.
  received.imageMessage!.directPath = null;
  expect(await download({ key: { remoteJid: contact.jid(), id: 'X' }, message: received })).toEqual(image);
});

test('a socket decrypts the file of a contact until it is gone', async () => {
  const bytes = Buffer.from('a document of the contact');
  const media = mediaFilesOf(simulator.world);
  const reference = await media.storeMedia(bytes, 'document');
  const message = { documentMessage: { ...reference, mimetype: 'text/plain', fileName: 'letter.txt' } };
  const id = await phoneSenderOf(simulator.world).send({ from: contact, to: linked.account, message });
  const { messages } = await linked.next('messages.upsert', upsert => upsert.messages[0]?.key.id === id);
  const [arrived] = messages;
  if (!arrived) throw new Error('unreachable');
  expect(await download(arrived)).toEqual(bytes);
  media.store.forget(reference.fileEncSha256.toString('base64url'));
  await expect(download(arrived)).rejects.toMatchObject({ output: { statusCode: 410 } });
  await expect(linked.socket.updateMediaMessage(arrived)).rejects.toMatchObject({ output: { statusCode: 404 } });
});

test('the phone sends a socket the path of a file', async () => {
  const reference = await mediaFilesOf(simulator.world).storeMedia(onePixelPng(), 'image');
  const message = { imageMessage: { ...reference, mimetype: 'image/png' } };
  const id = await phoneSenderOf(simulator.world).send({ from: contact, to: linked.account, message });
  const { messages } = await linked.next('messages.upsert', upsert => upsert.messages[0]?.key.id === id);
  const updated = await linked.socket.updateMediaMessage(messages[0] ?? { key: {} });
  expect(updated.message?.imageMessage?.directPath).toBe(new URL(reference.url).pathname);
});
