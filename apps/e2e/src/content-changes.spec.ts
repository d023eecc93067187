import type { CommandOutcome, ModelPage, StoredMessageView } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

const NOW = Math.floor(Date.now() / 1000);
const CHANNEL = '120363000000000001@newsletter';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

type Json = Record<string, unknown>;
interface Event {
  readonly event: string;
  readonly cursor: string;
  readonly data: unknown;
}

describe('contents that change, and unwanted contents', () => {
  let wabus: WabusFixture;
  let account: SimulatedAccount;
  let contact: SimulatedAccount;

  beforeAll(async () => {
    wabus = await WabusFixture.start();
    account = await wabus.pair('main');
    contact = await wabus.control.createAccount({ name: 'Contact' });
  }, 120_000);
  afterAll(() => wabus?.stop(), 60_000);

  const says = async (message: Json, more: object = {}): Promise<string> =>
    (await wabus.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message, ...more })).id;
  const events = async (): Promise<Event[]> =>
    (await wabus.edge.get<{ events: Event[] }>('/api/sessions/main/events?limit=200&events=messages.upsert,messages.update,groups.upsert'))
      .body.events;
  const about = async (id: string): Promise<Event[]> => (await events()).filter(({ data }) => JSON.stringify(data).includes(`"${id}"`));
  const stored = async (chat: string, id: string): Promise<StoredMessageView | undefined> =>
    (await wabus.edge.get<ModelPage<StoredMessageView>>(`/api/sessions/main/store/chats/${chat}/messages`)).body.items?.find(
      one => one.id === id
    );
  const command = async <Reply = Json>(method: string, args: object): Promise<Reply> => {
    const { body } = await wabus.edge.post<CommandOutcome>(`/api/sessions/main/commands/${method}`, { args });
    if (!body.ok) throw new Error(JSON.stringify(body.error));
    return body.data as Reply;
  };
  const media = (ref: string): Promise<Response> =>
    fetch(`${wabus.edge.url}/api/sessions/main/media/${ref}`, { headers: { authorization: `Bearer ${wabus.edge.token}` } });
  /** Sends a picture or document to the contact; returns the fields of its message, so that the contact can send it back. */
  async function picture(kind: 'image' | 'document' = 'image'): Promise<Json> {
    const content = { [kind]: { base64: PNG.toString('base64') }, ...(kind === 'image' ? {} : { fileName: 'a.png' }) };
    await command('sendMessage', { jid: contact.pnJid, content });
    const received = await awaitCondition(
      () => wabus.control.received({ phoneNumber: contact.phoneNumber }),
      all => all.some(({ message }) => (message as Json)[`${kind}Message`])
    );
    return received.map(({ message }) => (message as Record<string, Json>)[`${kind}Message`]).find(one => one !== undefined)!;
  }

  /** Sends a post with an id; a text of fewer than 128 bytes is field 1 of the protobuf. */
  const post = (id: string, text: string, attrs: Record<string, string> = {}, meta: Record<string, string> | null = null) =>
    wabus.control.sendStanza({
      phoneNumber: account.phoneNumber,
      stanza: {
        tag: 'message',
        attrs: { from: CHANNEL, id, t: String(NOW), type: 'text', server_id: '101', ...attrs },
        content: [
          ...(meta ? [{ tag: 'meta', attrs: meta }] : []),
          {
            tag: 'plaintext',
            attrs: {},
            content: { base64: Buffer.concat([Buffer.from([10, Buffer.byteLength(text)]), Buffer.from(text)]).toString('base64') }
          }
        ]
      }
    });

  it('an edited caption keeps the picture', async () => {
    const id = await says({ imageMessage: { ...(await picture()), caption: 'old' } });
    const edit = {
      key: { remoteJid: account.pnJid, fromMe: true, id },
      type: 'MESSAGE_EDIT',
      editedMessage: { imageMessage: { caption: 'new' } }
    };
    await says({ protocolMessage: edit });
    const message = await awaitCondition(
      () => stored(contact.pnJid, id),
      one => one?.text === 'new'
    );
    const { key, message: content } = message!.message as { key: object; message: object };
    expect(await command('downloadMedia', { message: { key, message: content } })).toMatchObject({ bytes: PNG.length });
  });

  it('a corrected post of a channel has its new text', async () => {
    await post('POST1', 'first version');
    await awaitCondition(
      () => stored(CHANNEL, 'POST1'),
      one => one?.text === 'first version'
    );
    for (const text of ['second version', 'third version']) {
      await post('POST1', text, { edit: '3', t: String(NOW + text.length) });
      await awaitCondition(
        () => stored(CHANNEL, 'POST1'),
        one => one?.text === text
      );
    }
    const updates = (await about('POST1')).filter(({ event }) => event === 'messages.update');
    expect(updates.map(({ data }) => data)).toMatchObject(
      ['second version', 'third version'].map(text => [
        { key: { remoteJid: CHANNEL, id: 'POST1' }, update: { message: { editedMessage: { message: { conversation: text } } } } }
      ])
    );
  });

  it('the phone provides a file whose address has expired', async () => {
    const { url, ...file } = await picture();
    const id = await says({ imageMessage: { ...file, url: `${url as string}?oe=1` } });
    const [event] = await awaitCondition(
      () => about(id),
      all => all.length > 0
    );
    expect(Buffer.from(await (await media(event!.cursor)).arrayBuffer())).toEqual(PNG);
  });

  it.each([
    ['../../etc/passwd', 'text/plain', 'passwd', 'text/plain'],
    ['a\r\nset-cookie: b.txt', 'image/jp\u00e9g', 'aset-cookie_ b.txt', 'application/octet-stream'],
    ['nul\u0000l.txt', 'not a mime', 'null.txt', 'application/octet-stream'],
    ['fête 🎉.pdf', '', 'fête 🎉.pdf', 'application/octet-stream']
  ])('the file %j of type %j is safe to keep', async (fileName, mimetype, name, type) => {
    const id = await says({ documentMessage: { ...(await picture('document')), fileName, mimetype } });
    const [event] = await awaitCondition(
      () => about(id),
      all => all.length > 0
    );
    const answer = await media(event!.cursor);
    const disposition = answer.headers.get('content-disposition')!;
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(disposition)![1]!)).toBe(name);
  });

  it('an account without a picture has none', async () => {
    expect(await command('profilePictureUrl', { jid: contact.pnJid })).toBeNull();
  });

  it('chats that a session ignores are acknowledged but hidden', async () => {
    const path = '/api/sessions/main/settings';
    const refused = await wabus.edge.request('PATCH', path, { ignore: ['friends'] });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([400, expect.stringContaining('ignore')]);
    const set = await wabus.edge.request<{ ignore: string[] }>('PATCH', path, { ignore: ['channels', 'status', 'groups', 'broadcasts'] });
    expect(set.body.ignore).toEqual(['status', 'groups', 'channels', 'broadcasts']);
    const groupJid = (await wabus.control.createGroup({ owner: contact.phoneNumber, subject: 'loud', members: [account.phoneNumber] }))
      .groupJid;
    // The owner of the session applies the setting a moment later.
    await awaitCondition(
      async () => {
        const id = await says({ conversation: 'status' }, { status: true });
        await says({ conversation: `after ${id}` });
        await awaitCondition(
          () => events(),
          all => JSON.stringify(all).includes(`after ${id}`)
        );
        return about(id);
      },
      seen => seen.length === 0
    );
    const group = (await wabus.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: 'group' } })).id;
    await post('POST2', 'ignored');
    const last = await says({ conversation: 'the last' });
    await awaitCondition(
      () => about(last),
      seen => seen.length > 0
    );
    expect([await about(group), await about('POST2'), await about(groupJid)]).toEqual([[], [], []]);
    const devices = await awaitCondition(
      () => wabus.control.devices({ phoneNumber: account.phoneNumber }),
      all => all.every(({ unconfirmed }) => unconfirmed === 0)
    );
    expect(devices.length).toBeGreaterThan(0);
    await wabus.edge.request('PATCH', path, { ignore: null });
    const again = await awaitCondition(
      async () => {
        await wabus.control.sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: 'again' } });
        return (await events()).filter(({ data }) => JSON.stringify(data).includes('"again"'));
      },
      seen => seen.length > 0
    );
    expect(again.length).toBeGreaterThan(0);
  });
});
