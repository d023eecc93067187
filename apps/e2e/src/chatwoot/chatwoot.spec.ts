import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  awaitCondition,
  createTempFolder,
  findFreePort,
  LaunchedProcess,
  type ReceivedMessage,
  type SimulatedAccount,
  type TempFolder
} from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';
import { ChatwootServer } from './chatwoot-server.fixture.js';
import type { ChatwootMessage } from './chatwoot-records.state.js';

const FOLDER = new URL('../../../../examples/chatwoot/', import.meta.url);
const WAIT_MS = 30_000;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
/** One second of silence. */
const WAV = Buffer.concat([
  Buffer.from('52494646a43e000057415645666d74201000000001000100401f0000803e00000200100064617461803e0000', 'hex'),
  Buffer.alloc(16_000)
]);
/** The path of the converter, if the set-up found it. */
const FFMPEG = process.env['WABUS_TEST_FFMPEG'];

/** The parts of the program that a test calls directly. */
interface Parts {
  readonly Chatwoot: new (settings: object) => object;
  readonly Journal: { open(path: string): Promise<{ close(): Promise<void> }> };
  readonly People: new (parts: object) => {
    chatOf(key: object, name?: string): Promise<{ key: string; contact: number }>;
    conversationOf(chat: object, how: object): Promise<number>;
    join(lid: string, number: string): Promise<void>;
  };
  toMarkdown(text: string): string;
  toWhatsApp(text: string): string;
}
const load = async (...files: string[]): Promise<Parts> =>
  (await Promise.all(files.map(async file => (await import(new URL(file, FOLDER).href)) as Partial<Parts>))).reduce((all, part) => ({
    ...all,
    ...part
  })) as Parts;

type Json = Record<string, Record<string, unknown>>;

describe('the connector for Chatwoot', () => {
  let wabus: WabusFixture;
  let chatwoot: ChatwootServer;
  let account: SimulatedAccount;
  let ann: SimulatedAccount;
  let ben: SimulatedAccount;
  let folder: TempFolder;
  let port: number;
  let connector: LaunchedProcess;

  beforeAll(async () => {
    folder = createTempFolder('chatwoot');
    const connectorEnv = { WABUS_FFMPEG: FFMPEG ?? 'off' };
    [wabus, chatwoot, port] = await Promise.all([WabusFixture.start({ connectorEnv }), ChatwootServer.listen(), findFreePort()]);
    chatwoot.webhookUrl = `http://127.0.0.1:${port}/chatwoot`;
    account = await wabus.pair('main');
    ann = await wabus.control.createAccount({ name: 'Ann' });
    ben = await wabus.control.createAccount({ name: 'Ben' });
    connector = await start();
  }, 120_000);
  afterAll(async () => {
    await connector?.stop();
    await wabus?.stop();
    await chatwoot?.[Symbol.asyncDispose]();
    folder?.remove();
  }, 60_000);

  const journal = (): string => join(folder.path, 'journal');
  async function start(): Promise<LaunchedProcess> {
    const env = {
      ...{ WABUS_URL: wabus.edge.url, WABUS_TOKEN: wabus.token, WABUS_SESSION: 'main', PORT: String(port) },
      ...{ CHATWOOT_URL: chatwoot.url, CHATWOOT_TOKEN: chatwoot.token, CHATWOOT_ACCOUNT: '1', CHATWOOT_INBOX: '7' },
      ...{ CHATWOOT_WEBHOOK_SECRET: chatwoot.secret, CHATWOOT_JOURNAL: journal(), CHATWOOT_STATUS: 'on' }
    };
    const started = new LaunchedProcess({ name: 'chatwoot', main: fileURLToPath(new URL('main.mjs', FOLDER)), env, cwd: folder.path });
    await started.awaitLine(line => line === 'subscribed', WAIT_MS);
    return started;
  }
  const says = (who: SimulatedAccount, message: object): Promise<{ id: string }> =>
    wabus.control.sendMessage({ from: who.phoneNumber, to: account.phoneNumber, message });
  const textsOf = (all: readonly { content: string }[]): string[] => all.map(({ content }) => content);
  const inChatwoot = (part: string): ChatwootMessage[] =>
    [...chatwoot.records.messages.values()].filter(({ content }) => content.includes(part));
  const onPhone = (who: SimulatedAccount, matches: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage> =>
    awaitCondition(
      async () => (await wabus.control.received({ phoneNumber: who.phoneNumber })).find(matches),
      found => found !== undefined,
      { waitMs: WAIT_MS, what: `the message on the phone (${connector.tail()})` }
    ) as Promise<ReceivedMessage>;
  const countOnPhone = async (who: SimulatedAccount, text: string): Promise<number> =>
    (await wabus.control.received({ phoneNumber: who.phoneNumber })).filter(message => message.text === text).length;
  /** Returns the conversation with a contact that has sent this text. */
  const conversationWith = async (who: SimulatedAccount, text: string): Promise<number> => {
    await says(who, { conversation: text });
    return (await chatwoot.awaitMessage(text)).conversation;
  };

  it('joins a contact known by number and by LID', async () => {
    const { records } = chatwoot;
    records.createContact({ inbox_id: 7, name: 'Ann Archer', phone_number: `+${ann.phoneNumber}` });
    records.createContact({ inbox_id: 7, name: 'Ann', identifier: ann.lidJid });
    await says(ann, { conversation: 'hello *you*' });
    const message = await chatwoot.awaitMessage('hello **you**');
    expect(message).toMatchObject({ message_type: 'incoming', private: false, source_id: expect.stringMatching(/^WAID:/) as string });
    const contacts = [...records.contacts.values()];
    expect(contacts).toMatchObject([{ name: 'Ann Archer', phone_number: `+${ann.phoneNumber}`, identifier: ann.lidJid }]);
    expect(records.conversation(message.conversation).contact).toBe(contacts[0]!.id);
  });

  it('merges two contacts that turn out to be one', async () => {
    const { Chatwoot, Journal, People } = await load('chatwoot.mjs', 'journal.mjs', 'people.mjs');
    const { records, token, url } = chatwoot;
    const api = new Chatwoot({ url, token, account: 1, inbox: 7 });
    const file = join(folder.path, 'people');
    const kept = await Journal.open(file);
    const people = new People({ chatwoot: api, journal: kept, wabus: null, settings: { reopen: true } });
    const [lid, number] = ['990001@lid', '15550009999@s.whatsapp.net'];
    const byNumber = await people.chatOf({ remoteJid: number }, 'Cora');
    records.updateContact(byNumber.contact, { identifier: 'customer 12' });
    const byLid = await people.chatOf({ remoteJid: lid });
    const conversations = [
      await people.conversationOf(byLid, { isIncoming: true }),
      await people.conversationOf(byNumber, { isIncoming: true })
    ];
    expect(byLid.contact).not.toBe(byNumber.contact);
    await people.join(lid, number);
    const joined = await people.chatOf({ remoteJid: lid, remoteJidAlt: number });
    expect(joined.contact).toBe(byNumber.contact);
    expect(records.contacts.has(byLid.contact)).toBe(false);
    expect(conversations.map(id => records.conversation(id).contact)).toEqual([byNumber.contact, byNumber.contact]);
    // A contact id that the operator set stays.
    expect(records.contact(joined.contact)).toMatchObject({ identifier: 'customer 12', custom_attributes: { whatsapp: lid } });
    await kept.close();
    const again = await Journal.open(file);
    expect(await new People({ chatwoot: api, journal: again, wabus: null, settings: {} }).chatOf({ remoteJid: lid })).toEqual(joined);
    await again.close();
  });

  it('translates bold, italics and struck text', async () => {
    const { toMarkdown, toWhatsApp } = await load('content.mjs');
    expect(toMarkdown('*bold* _it_ ~old~ 2*3*4 ```a*b*```')).toBe('**bold** _it_ ~~old~~ 2*3*4 ```a*b*```');
    expect(toWhatsApp('**bold** *it* ~~old~~ 2\\*3 `**code**` [here](https://a.example/b)')).toBe(
      '*bold* _it_ ~old~ 2*3 `**code**` here: https://a.example/b'
    );
  });

  it('replies, quotes and marks as read, once', async () => {
    const { id } = await says(ann, { conversation: 'a question' });
    const question = await chatwoot.awaitMessage('a question');
    const answer = chatwoot.write(question.conversation, 'an **answer**', { content_attributes: { in_reply_to: question.id } });
    const received = await onPhone(ann, ({ text }) => text === 'an *answer*');
    expect((received.message as Json)['extendedTextMessage']!['contextInfo']).toMatchObject({ stanzaId: id });
    await wabus.control.receipts({ phoneNumber: ann.phoneNumber, messageId: id, atLeast: 1, waitMs: WAIT_MS });
    expect((await wabus.control.receipts({ phoneNumber: ann.phoneNumber, messageId: id })).map(({ type }) => type)).toContain('read');
    await wabus.control.sendReceipt({ from: ann.phoneNumber, to: account.phoneNumber, ids: [received.id], type: 'read' });
    await awaitCondition(
      () => answer.status,
      status => status === 'read'
    );
    await awaitCondition(
      () => chatwoot.records.conversation(question.conversation).lastSeen,
      seen => seen > 0
    );
    expect(inChatwoot('answer')).toHaveLength(1);

    await says(ann, { extendedTextMessage: { text: 'thanks', contextInfo: { stanzaId: received.id, participant: account.pnJid } } });
    expect((await chatwoot.awaitMessage('thanks')).content_attributes).toMatchObject({ in_reply_to: answer.id });
  });

  it('shows messages from the phone as outgoing', async () => {
    await wabus.control.sendMessage({ from: account.phoneNumber, to: ann.phoneNumber, message: { conversation: 'by hand' } });
    expect(await chatwoot.awaitMessage('by hand')).toMatchObject({
      message_type: 'outgoing',
      source_id: expect.stringMatching(/^WAID:/) as string
    });
    await chatwoot.settleWebhooks();
    expect(await countOnPhone(ann, 'by hand')).toBe(1);
  });

  it('syncs deletions, edits and reactions in both directions', async () => {
    const { id } = await says(ann, { conversation: 'wrong' });
    const wrong = await chatwoot.awaitMessage('wrong');
    const key = { remoteJid: account.pnJid, fromMe: true, id };
    await says(ann, { protocolMessage: { key, type: 'MESSAGE_EDIT', editedMessage: { conversation: 'right' } } });
    expect((await chatwoot.awaitMessage('✏️ right')).content_attributes).toMatchObject({ in_reply_to: wrong.id });
    await says(ann, { protocolMessage: { key, type: 'REVOKE' } });
    await awaitCondition(
      () => wrong.content_attributes,
      ({ deleted }) => deleted === true
    );

    const sent = chatwoot.write(wrong.conversation, 'our mistake');
    const received = await onPhone(ann, ({ text }) => text === 'our mistake');
    await says(ann, { reactionMessage: { key: { remoteJid: account.pnJid, fromMe: false, id: received.id }, text: '👍' } });
    expect(await chatwoot.awaitMessage('Reaction: 👍')).toMatchObject({ private: true, content_attributes: { in_reply_to: sent.id } });
    await connector.awaitLine(line => line === `sent ${sent.id} as ${received.id}`, WAIT_MS);
    chatwoot.correct(sent, 'our correction');
    await connector.awaitLine(line => line === `edited ${received.id}`, WAIT_MS);
    chatwoot.remove(sent);
    await connector.awaitLine(line => line === `deleted ${received.id}`, WAIT_MS);
    const parts = (await wabus.control.received({ phoneNumber: ann.phoneNumber })).slice(-2);
    expect(parts[1]!.message).toMatchObject({ protocolMessage: { key: { id: received.id } } });
    expect(JSON.stringify(parts[0]!)).toContain('our correction');
    await chatwoot.settleWebhooks();
    expect(inChatwoot('our correction')).toHaveLength(0);
  });

  it('shows a group with its subject and the author names', async () => {
    const members = [account.phoneNumber, ben.phoneNumber];
    const { groupJid } = await wabus.control.createGroup({ subject: 'Team', owner: ann.phoneNumber, members });
    await wabus.control.sendGroupMessage({ from: ben.phoneNumber, groupJid, message: { conversation: 'to all' } });
    const message = await chatwoot.awaitMessage(/to all$/);
    expect(message.content).toMatch(/^\*\*Ben( \+\d+)?\*\*\nto all$/);
    const { contact } = chatwoot.records.conversation(message.conversation);
    expect(chatwoot.records.contact(contact)).toMatchObject({ name: 'Team (group)', identifier: groupJid, phone_number: null });
    chatwoot.write(message.conversation, 'to the group');
    expect(await onPhone(ann, ({ text }) => text === 'to the group')).toMatchObject({ chat: groupJid });
  });

  it('transfers files in both directions', async () => {
    const conversation = await conversationWith(ann, 'about files');
    const files = [
      chatwoot.attach('one.png', 'image/png', PNG),
      chatwoot.attach('two.png', 'image/png', PNG),
      chatwoot.attach('note.wav', 'audio/wav', WAV)
    ];
    chatwoot.write(conversation, 'three files', { files });
    const voice = await onPhone(ann, ({ message }) => 'audioMessage' in message || 'documentMessage' in message);
    const pictures = (await wabus.control.received({ phoneNumber: ann.phoneNumber })).filter(({ message }) => 'imageMessage' in message);
    expect(pictures.map(({ message }) => (message as Json)['imageMessage']!['caption'] ?? '')).toEqual(['three files', '']);
    // Without ffmpeg, a voice note is sent as an ordinary audio file.
    const note = { mimetype: 'audio/ogg; codecs=opus', ptt: true };
    expect((voice.message as Json)['audioMessage']).toMatchObject(FFMPEG === undefined ? { mimetype: expect.any(String) as string } : note);

    await says(ann, { imageMessage: { ...(pictures[0]!.message as Json)['imageMessage'], caption: 'sent back' } });
    const shown = await chatwoot.awaitMessage('sent back');
    expect(shown.files).toMatchObject([{ name: 'picture.png', type: 'image/png', bytes: PNG }]);
  });

  it('ignores notes and forged webhooks', async () => {
    const conversation = await conversationWith(ann, 'about notes');
    chatwoot.write(conversation, 'only for us', { private: true });
    const { secret } = chatwoot;
    chatwoot.secret = 'somebody else';
    const forged = chatwoot.write(conversation, 'forged');
    await chatwoot.settleWebhooks();
    chatwoot.secret = secret;
    expect(forged.status).toBe('failed');
    chatwoot.records.messages.delete(forged.id);
    chatwoot.write(conversation, 'after the note');
    await onPhone(ann, ({ text }) => text === 'after the note');
    expect(await Promise.all(['only for us', 'forged'].map(text => countOnPhone(ann, text)))).toEqual([0, 0]);
    const unsigned = await fetch(chatwoot.webhookUrl, { method: 'POST', body: '{}' });
    const elsewhere = await fetch(`${chatwoot.webhookUrl}/else`, { method: 'POST', body: '{}' });
    expect([unsigned.status, elsewhere.status]).toEqual([401, 404]);
  });

  it('reopens a resolved conversation', async () => {
    const conversation = await conversationWith(ann, 'first');
    chatwoot.records.setConversationStatus(conversation, 'resolved');
    expect(await conversationWith(ann, 'and another thing')).toBe(conversation);
    expect(chatwoot.records.conversation(conversation).status).toBe('open');
  });

  it('waits for Chatwoot, and recreates a deleted conversation', async () => {
    const conversation = await conversationWith(ann, 'before the outage');
    chatwoot.isDown = true;
    await says(ann, { conversation: 'during the outage' });
    await connector.awaitLine(line => line.startsWith('waiting for Chatwoot'), WAIT_MS);
    chatwoot.records.conversations.delete(conversation);
    chatwoot.isDown = false;
    expect((await chatwoot.awaitMessage('during the outage')).conversation).not.toBe(conversation);
  });

  it('loses and duplicates nothing when it is killed', async () => {
    const conversation = await conversationWith(ann, 'before the crashes');
    // Chatwoot has created the message, but the connector has not recorded it.
    chatwoot.holds = /POST .*\/messages$/;
    chatwoot.held = 0;
    await says(ann, { conversation: 'made and not recorded' });
    await awaitCondition(
      () => chatwoot.held,
      held => held === 1
    );
    await connector.kill();
    chatwoot.holds = null;
    // Chatwoot does not repeat webhooks.
    const missed = chatwoot.write(conversation, 'nobody was there');
    await chatwoot.settleWebhooks();
    expect(missed.status).toBe('failed');
    await says(ann, { conversation: 'meanwhile' });
    connector = await start();
    await chatwoot.awaitMessage('meanwhile');
    expect(textsOf(inChatwoot('made and not recorded'))).toHaveLength(1);
    await onPhone(ann, ({ text }) => text === 'nobody was there');

    // The webhook has a response, but the message is not sent.
    await wabus.edge.post('/api/sessions/main/stop', {});
    const waiting = chatwoot.write(conversation, 'taken and not sent');
    await chatwoot.settleWebhooks();
    await connector.kill();
    expect(waiting.status).toBe('sent');
    await wabus.edge.post('/api/sessions/main/start', {});
    connector = await start();
    await onPhone(ann, ({ text }) => text === 'taken and not sent');

    // The message is sent, but the connector has not recorded it.
    const files = ['one.png', 'two.png'].map(name => chatwoot.attach(name, 'image/png', PNG));
    const sent = chatwoot.write(conversation, 'sent and not recorded', { files });
    const report = await connector.awaitLine(line => line.startsWith(`sent ${sent.id} `), WAIT_MS);
    await connector.kill();
    const lines = readFileSync(journal(), 'utf8').split('\n');
    const cut = lines.findLastIndex(line => line.includes('"work"') && line.includes('sent and not recorded')) + 1;
    writeFileSync(journal(), lines.slice(0, cut).join('\n') + '\n["torn');
    connector = await start();
    expect(await connector.awaitLine(line => line.startsWith(`sent ${sent.id} `), WAIT_MS)).toBe(report);
    await chatwoot.settleWebhooks();
    const texts = ['nobody was there', 'taken and not sent', 'sent and not recorded'];
    expect(await Promise.all(texts.slice(0, 2).map(text => countOnPhone(ann, text)))).toEqual([1, 1]);
    const received = await wabus.control.received({ phoneNumber: ann.phoneNumber });
    const copies = report
      .split(' ')
      .slice(3)
      .map(one => received.filter(({ id }) => id === one).length);
    expect(copies).toEqual([1, 1]);
    // Not even with another id.
    expect(received.filter(({ message }) => (message as Json)['imageMessage']?.['caption'] === texts[2])).toHaveLength(1);
    expect(texts.map(text => inChatwoot(text).length)).toEqual([1, 1, 1]);
    // The only refused calls concern the conversation that was deleted.
    expect(chatwoot.refused.filter(refusal => !refusal.includes(': 404 '))).toEqual([]);
  }, 120_000);

  it('shows states of the session and QR codes', async () => {
    await chatwoot.awaitMessage('main is open');
    await wabus.edge.post('/api/sessions/main/logout', {});
    await chatwoot.awaitMessage(/^main is logged-out/);
    await wabus.edge.post('/api/sessions/main/start', {});
    const { files, conversation } = await chatwoot.awaitMessage('Scan this QR code');
    expect(files).toMatchObject([{ name: 'qr.png', type: 'image/png' }]);
    expect(files[0]!.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(chatwoot.records.contact(chatwoot.records.conversation(conversation).contact).name).toBe('Wabus');
    expect(await connector.stop()).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('creates the inbox', async () => {
    const args = ['WhatsApp', chatwoot.webhookUrl];
    const env = { CHATWOOT_URL: chatwoot.url, CHATWOOT_TOKEN: chatwoot.token };
    await using program = new LaunchedProcess({ name: 'inbox', main: fileURLToPath(new URL('create-inbox.mjs', FOLDER)), args, env });
    expect((await program.awaitEnd()).code).toBe(0);
    expect(program.lines).toEqual(['export CHATWOOT_INBOX=7', `export CHATWOOT_WEBHOOK_SECRET=${chatwoot.secret}`]);
  });
});
