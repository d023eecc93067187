import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { awaitCondition, WebhookReceiver, type ReceivedMessage, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
const PHONE = { phoneNumberId: 'main' };

type Json = Record<string, unknown>;

/** Meta's Cloud API on edge, connector and simulator, with a client library from npm. The example bot is in `examples.spec.ts`. */
describe("Meta's Cloud API", () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;
  let groupJid: string;
  let hook: WebhookReceiver;
  let client: WhatsAppClient;

  beforeAll(async () => {
    hook = await WebhookReceiver.listen(() => 200);
    wabus = await WabusFixture.start({ roles: true, edgeEnv: { WABUS_CLOUD_API: 'true', WABUS_EGRESS_ALLOW: '127.0.0.1' } });
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
    ({ groupJid } = await wabus.control.createGroup({ subject: 'Team', owner: contact.phoneNumber, members: [account.phoneNumber] }));
    client = new WhatsAppClient({ accessToken: wabus.token, baseUrl: wabus.edge.url, graphVersion: 'v23.0' });
    const extras = ['echoes', 'groups', 'edits'];
    const webhook = { url: hook.url, events: ['messages.*', 'message.progress'], format: 'cloud-api', appSecret: 's3cret', extras };
    expect(await wabus.edge.post('/api/sessions/main/webhooks', webhook)).toMatchObject({ status: 201 });
  }, 90_000);
  afterAll(async () => {
    await wabus?.stop();
    await hook?.close();
  }, 60_000);

  /** Returns the items that arrived in a list of the value, for example `messages`. */
  const arrived = (list: string): Json[] =>
    hook.deliveries.flatMap(({ json }) => {
      const [entry] = (json as { entry: { changes: { value: Json }[] }[] }).entry;
      return (entry?.changes[0]?.value[list] ?? []) as Json[];
    });
  const awaitArrival = async (list: string, fits: (one: Json) => boolean): Promise<Json> =>
    (await awaitCondition(
      () => arrived(list).find(fits),
      one => one !== undefined,
      { waitMs: 20_000, what: `one of ${list}` }
    ))!;
  const says = async (message: Json): Promise<string> =>
    (await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message })).id;
  const atContact = async (fits: (one: ReceivedMessage) => boolean): Promise<Json> => {
    const all = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      some => some.some(fits)
    );
    return all.find(fits)!.message as Json;
  };
  const hello = async (text: string): Promise<Json> => {
    await says({ conversation: text });
    return awaitArrival('messages', one => (one['text'] as Json | undefined)?.['body'] === text);
  };

  it('replies, quotes and reacts by the ids of webhooks', async () => {
    const { id, from } = (await hello('first')) as { id: string; from: string };
    expect(from).toBe(contact.phoneNumber);
    const sent = await client.messages.sendText({
      ...PHONE,
      to: from,
      body: 'quoted',
      contextMessageId: id,
      bizOpaqueCallbackData: 'order 7'
    });
    const quote = await atContact(({ text }) => text === 'quoted');
    expect(quote).toMatchObject({ extendedTextMessage: { contextInfo: { quotedMessage: { conversation: 'first' } } } });
    await client.messages.sendReaction({ ...PHONE, to: from, reaction: { messageId: id, emoji: '👍' } });
    await atContact(({ message }) => ((message as Json)['reactionMessage'] as Json | undefined)?.['text'] === '👍');
    // The status has the same message id as the response.
    const status = await awaitArrival('statuses', one => one['status'] === 'sent' && one['id'] === sent.messages[0]!.id);
    expect(status).toMatchObject({ recipient_id: contact.phoneNumber, biz_opaque_callback_data: 'order 7' });
    await client.messages.markRead({ ...PHONE, messageId: id, typingIndicator: { type: 'text' } });
    await awaitCondition(
      () => wabus.control.receipts({ phoneNumber: contact.phoneNumber }),
      receipts => receipts.some(({ type }) => type === 'read')
    );
  });

  it('sends every kind that a linked device supports', async () => {
    const to = contact.phoneNumber;
    const { id } = await client.media.upload({
      ...PHONE,
      type: 'image/png',
      file: new Blob([PNG], { type: 'image/png' }),
      fileName: 'a.png'
    });
    await client.messages.sendImage({ ...PHONE, to, image: { id, caption: 'cat' } });
    await client.messages.sendDocument({ ...PHONE, to, document: { id, filename: 'cat.png' } });
    await client.messages.sendLocation({ ...PHONE, to, location: { latitude: 37.4, longitude: -122.1, name: 'Here' } });
    await client.messages.sendContacts({
      ...PHONE,
      to,
      contacts: [{ name: { formattedName: 'Bo', firstName: 'Bo' }, phones: [{ phone: '+1650', type: 'WORK' }] }]
    });
    await client.messages.sendInteractiveButtons({ ...PHONE, to, bodyText: 'Ok?', buttons: [{ id: 'y', title: 'Yes' }] });
    const has = (field: string, fields: object): Promise<void> =>
      atContact(
        ({ message }) =>
          (message as Json)[field] !== undefined && JSON.stringify((message as Json)[field]).includes(JSON.stringify(fields).slice(1, -1))
      ).then(() => undefined);
    await has('imageMessage', { caption: 'cat' });
    await has('documentMessage', { fileName: 'cat.png' });
    await has('locationMessage', { name: 'Here' });
    await has('contactMessage', { displayName: 'Bo' });
    await atContact(({ text }) => text === 'Ok?\n\n1. Yes');
    // None of them is an echo of a message typed on a phone.
    expect(arrived('message_echoes')).toEqual([]);
  });

  it('supports groups, edits and deletions on request', async () => {
    await wabus.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: 'to all' } });
    const asked = await awaitArrival('messages', one => (one['text'] as Json | undefined)?.['body'] === 'to all');
    expect(asked).toMatchObject({ from: contact.phoneNumber, from_user_id: `ZZ.${contact.lidJid.split('@')[0]}`, group_id: groupJid });
    await client.messages.sendText({
      ...PHONE,
      recipientType: 'group',
      to: groupJid,
      body: 'in the group',
      contextMessageId: asked['id'] as string
    });
    expect(await atContact(({ text }) => text === 'in the group')).toMatchObject({
      extendedTextMessage: { contextInfo: { quotedMessage: { conversation: 'to all' } } }
    });
    const id = await says({ conversation: 'mistaek' });
    const original = await awaitArrival('messages', one => (one['text'] as Json | undefined)?.['body'] === 'mistaek');
    const key = { remoteJid: account.pnJid, fromMe: true, id };
    await says({ protocolMessage: { key, type: 'MESSAGE_EDIT', editedMessage: { conversation: 'mistake' } } });
    const edit = await awaitArrival('messages', one => one['type'] === 'edit');
    expect(edit['edit']).toEqual({ original_message_id: original['id'], message: { type: 'text', text: { body: 'mistake' } } });
    await says({ protocolMessage: { key, type: 'REVOKE' } });
    const revoke = await awaitArrival('messages', one => one['type'] === 'revoke');
    expect(revoke['revoke']).toEqual({ original_message_id: original['id'] });
  });

  it('reports why a message cannot be delivered, with its code', async () => {
    const failed = await client.messages.sendText({ ...PHONE, to: '15559999999', body: 'nobody' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(GraphApiError);
    expect(failed).toMatchObject({ code: 131026, httpStatus: 400 });
  });
});
