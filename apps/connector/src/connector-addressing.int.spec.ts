import { DEFAULT_SETTINGS, type SentMessage } from '@wabus/contracts';
import { awaitCondition, type Args, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };

let fixture: ConnectorFixture;
let migrated: Linked;
let unmigrated: Linked;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  [migrated, unmigrated] = await Promise.all([fixture.linkSession(), fixture.linkSession({ migrated: false })]);
}, 90_000);
afterAll(() => fixture.stop());

const contactWith = (wanted: Args<'createAccount'> = {}) => fixture.simulator.control.createAccount(wanted);
const send = (session: Linked, jid: string, content: object = { text: 'hello' }, options?: object) =>
  session.command('sendMessage', { jid, content, ...(options ? { options } : {}) }) as Promise<SentMessage>;
const writes = async (contact: SimulatedAccount, { account }: Linked) => {
  await fixture.simulator.control.sendMessage({ from: contact.phoneNumber, to: account.phoneNumber, message: { conversation: 'hi' } });
};

/** Waits until the phone of an account has received a message. Returns the chat in which it appears. */
async function chatAt({ phoneNumber }: SimulatedAccount, { key }: SentMessage): Promise<string> {
  const received = await awaitCondition(
    () => fixture.simulator.control.received({ phoneNumber }),
    all => all.some(({ id }) => id === key.id),
    { what: `message ${key.id} at ${phoneNumber}` }
  );
  return received.find(({ id }) => id === key.id)!.chat;
}

/** Sends a message, and checks that the contact and the own phone have it in the contact's only chat. */
async function delivers(session: Linked, contact: SimulatedAccount, jid: string): Promise<SentMessage> {
  const sent = await send(session, jid);
  expect(await chatAt(contact, sent)).toBe(contact.pnJid);
  expect(await chatAt(session.account, sent)).toBe(contact.pnJid);
  expect(sent.key.remoteJid).toBe(jid);
  return sent;
}

describe('an account that is moved to LIDs', () => {
  test('writes to a number whose LID it requests and then keeps', async () => {
    const contact = await contactWith();
    const first = await delivers(migrated, contact, contact.pnJid);
    expect(first.key.remoteJidAlt).toBe(contact.lidJid);
    await migrated.awaitEvent('lid-mapping.update', body => body.includes(contact.lidJid));
    const lookUps = (await fixture.simulator.control.stats({})).iqs['usync/usync'];
    await delivers(migrated, contact, contact.pnJid);
    expect((await fixture.simulator.control.stats({})).iqs['usync/usync']).toBe(lookUps);
  });

  test('writes to a number whose LID came with a message', async () => {
    const contact = await contactWith({ lidHidden: true });
    await writes(contact, migrated);
    await migrated.awaitEvent('messages.upsert', body => body.includes(contact.pnJid));
    await delivers(migrated, contact, contact.pnJid);
  });

  test('writes to a LID whose number it has', async () => {
    const contact = await contactWith();
    await delivers(migrated, contact, contact.pnJid);
    const { key } = await delivers(migrated, contact, contact.lidJid);
    expect(key.remoteJidAlt).toBe(contact.pnJid);
  });

  test('writes to a LID whose number is unknown', async () => {
    const contact = await contactWith();
    const sent = await send(migrated, contact.lidJid);
    await chatAt(contact, sent);
    expect(sent.key).toMatchObject({ remoteJid: contact.lidJid });
    expect(sent.key.remoteJidAlt).toBeUndefined();
  });

  test('sends nothing to a number without a LID', async () => {
    const contact = await contactWith({ lidHidden: true });
    const before = (await fixture.simulator.control.stats({})).messagesFromDevices;
    await expect(send(migrated, contact.pnJid)).rejects.toMatchObject({ code: 'ADDRESS_UNKNOWN', details: { missing: 'lid' } });
    expect((await fixture.simulator.control.stats({})).messagesFromDevices).toBe(before);
  });

  test('names both jids in events of a message and its receipts', async () => {
    const contact = await contactWith();
    const { key } = await delivers(migrated, contact, contact.pnJid);
    const both = (body: string) => body.includes(key.id!) && body.includes(contact.pnJid) && body.includes(contact.lidJid);
    await migrated.awaitEvent('messages.upsert', both);
    await migrated.awaitEvent('messages.update', both);
  });

  test('reads its own phone, alternately by number and by LID', async () => {
    const contact = await contactWith();
    const [from, to] = [migrated.account.phoneNumber, contact.phoneNumber];
    for (const [n, addressing] of (['pn', 'lid', 'pn', 'lid'] as const).entries()) {
      await fixture.simulator.control.sendMessage({ from, to, addressing, message: { conversation: `from my phone ${n}` } });
      const { body } = await migrated.awaitEvent('messages.upsert', found => found.includes(`from my phone ${n}`));
      expect(body).toContain('"fromMe":true');
    }
  });

  test('quotes, edits and deletes under either jid', async () => {
    const contact = await contactWith();
    const { key } = await delivers(migrated, contact, contact.pnJid);
    const quoted = { key: { ...key, remoteJid: contact.lidJid }, message: { conversation: 'hello' } };
    const answer = await send(migrated, contact.pnJid, { text: 'quoting' }, { quoted });
    await chatAt(contact, answer);
    const received = await fixture.simulator.control.received({ phoneNumber: contact.phoneNumber });
    const { extendedTextMessage } = received.at(-1)!.message as { extendedTextMessage: { contextInfo: { remoteJid?: string } } };
    expect(extendedTextMessage.contextInfo.remoteJid || undefined).toBeUndefined();
    await chatAt(contact, await send(migrated, contact.pnJid, { text: 'better', edit: key }));
    await chatAt(contact, await send(migrated, contact.lidJid, { delete: key }));
  });

  test('relays to a number by LID', async () => {
    const contact = await contactWith();
    const id = (await migrated.command('relayMessage', {
      jid: contact.pnJid,
      message: { conversation: 'relayed' },
      options: {}
    })) as string;
    expect(await chatAt(contact, { key: { id }, messageTimestamp: null })).toBe(contact.pnJid);
    expect(await chatAt(migrated.account, { key: { id }, messageTimestamp: null })).toBe(contact.pnJid);
  });

  test('writes to itself by its own LID', async () => {
    const sent = await send(migrated, migrated.account.pnJid, { text: 'note' });
    expect(await chatAt(migrated.account, sent)).toBe(migrated.account.pnJid);
  });

  test('shows typing and reads to a number by LID', async () => {
    await migrated.command('presenceSubscribe', { toJid: unmigrated.account.pnJid });
    await unmigrated.command('presenceSubscribe', { toJid: migrated.account.pnJid });
    await migrated.command('sendPresenceUpdate', { type: 'composing', toJid: unmigrated.account.pnJid });
    await unmigrated.awaitEvent('presence.update', body => body.includes('composing'));
    const contact = await contactWith();
    const { id } = await fixture.simulator.control.sendMessage({
      from: contact.phoneNumber,
      to: migrated.account.phoneNumber,
      message: { conversation: 'read me' }
    });
    await migrated.awaitEvent('messages.upsert', body => body.includes(id));
    await migrated.command('readMessages', { keys: [{ remoteJid: contact.pnJid, id, fromMe: false }] });
    await awaitCondition(
      () => fixture.simulator.control.receipts({ phoneNumber: contact.phoneNumber, messageId: id }),
      all => all.some(({ type }) => type === 'read'),
      { what: 'the read receipt' }
    );
  });

  test('resends to a contact that requests it by LID', async () => {
    const contact = await contactWith();
    await delivers(migrated, contact, contact.pnJid);
    await writes(contact, migrated);
    await migrated.awaitEvent('messages.upsert', body => body.includes(contact.pnJid) && body.includes('hi'));
    await fixture.simulator.control.forgetSessions({ phoneNumber: contact.phoneNumber });
    await chatAt(contact, await send(migrated, contact.pnJid, { text: 'unreadable at first' }));
  });

  test('requests unreadable messages from a contact by LID', async () => {
    const contact = await contactWith();
    const retries = async () => (await fixture.simulator.control.stats({})).retriesByDevices;
    const before = await retries();
    const attrs = { id: 'UNREADABLE', from: contact.pnJid, sender_lid: contact.lidJid, type: 'text' };
    const content = [{ tag: 'enc', attrs: { v: '2', type: 'msg' }, content: { base64: Buffer.alloc(40, 3).toString('base64') } }];
    await fixture.simulator.control.sendStanza({
      phoneNumber: migrated.account.phoneNumber,
      stanza: { tag: 'message', attrs, content }
    });
    await awaitCondition(retries, now => now > before, { what: 'a retry receipt that the service takes' });
  });

  test('follows a number to its new account, and refuses the old LID', async () => {
    const contact = await contactWith();
    await delivers(migrated, contact, contact.pnJid);
    const anew = await fixture.simulator.control.registerAgain({ phoneNumber: contact.phoneNumber });
    expect(await send(migrated, contact.lidJid)).toMatchObject({ lidReplaced: true });
    await migrated.awaitEvent('lid-mapping.update', body => body.includes(anew.lidJid));
    await expect(send(migrated, contact.lidJid)).rejects.toMatchObject({ code: 'LID_REPLACED', details: { lid: anew.lidJid } });
    await delivers(migrated, anew, contact.pnJid);
  });
});

describe('an account that is not moved to LIDs', () => {
  test('writes to a number with or without a known LID', async () => {
    const contact = await contactWith();
    await delivers(unmigrated, contact, contact.pnJid);
    await delivers(unmigrated, contact, contact.pnJid);
  });

  test('writes to a LID by the number that came with a message', async () => {
    const contact = await contactWith();
    await writes(contact, unmigrated);
    await unmigrated.awaitEvent('messages.upsert', body => body.includes(contact.pnJid));
    const { key } = await delivers(unmigrated, contact, contact.lidJid);
    expect(key.remoteJidAlt).toBe(contact.pnJid);
  });

  test('sends nothing to a LID whose number is unknown', async () => {
    const contact = await contactWith();
    await expect(send(unmigrated, contact.lidJid)).rejects.toMatchObject({ code: 'ADDRESS_UNKNOWN', details: { missing: 'pn' } });
  });
});

describe('a status post', () => {
  const post = (list: string[], content: object = { text: 'news' }) => send(migrated, 'status@broadcast', content, { statusJidList: list });

  test('reaches people with a LID, and names those without one', async () => {
    const [bob, carol, nobody] = [await contactWith(), await contactWith(), await contactWith({ lidHidden: true })];
    const sent = await post([bob.pnJid, nobody.pnJid, carol.lidJid]);
    expect(sent.leftOut).toEqual([nobody.pnJid]);
    for (const reader of [bob, carol]) expect(await chatAt(reader, sent)).toBe('status@broadcast');
    const all = await post([bob.pnJid]);
    expect(all.leftOut).toBeUndefined();
    // A deletion names no audience.
    await post([bob.pnJid], { delete: sent.key });
  });

  test('is refused if no recipient has a LID', async () => {
    const nobody = await contactWith({ lidHidden: true });
    await expect(post([nobody.pnJid])).rejects.toMatchObject({ code: 'ADDRESS_UNKNOWN', details: { leftOut: [nobody.pnJid] } });
  });
});

describe('a session that was linked before its account moved', () => {
  test.each(['message', 'prop'] as const)(
    'learns it from the %s and keeps it',
    async how => {
      const session = await fixture.linkSession({ migrated: false });
      const contact = await contactWith();
      await delivers(session, contact, contact.pnJid);
      await fixture.simulator.control.migrate({ phoneNumber: session.account.phoneNumber, how });
      if (how === 'message') await session.awaitEvent('messages.upsert', body => body.includes('lidMigrationMappingSyncMessage'));
      else await reconnects(session);
      await delivers(session, contact, contact.pnJid);
      await reconnects(session);
      await delivers(session, contact, contact.pnJid);
    },
    60_000
  );
});

describe('a pair of number and LID is emitted once, from any source', () => {
  const control = () => fixture.simulator.control;
  const own = () => migrated.account.phoneNumber;
  const groupWith = (contact: SimulatedAccount, owner: string) =>
    control().createGroup({ subject: 'Pairs', owner, members: [own(), contact.phoneNumber].filter(each => each !== owner) });
  const provoke = (event: string) => (contact: SimulatedAccount) =>
    control().provoke({ event, phoneNumber: own(), contact: contact.phoneNumber });

  test.each<[string, (contact: SimulatedAccount) => Promise<unknown>]>([
    ['a look-up', contact => migrated.command('onWhatsApp', { phoneNumbers: [contact.phoneNumber] })],
    ['a message to the contact', contact => send(migrated, contact.pnJid)],
    ['a message', contact => writes(contact, migrated)],
    [
      'a message in a group',
      async contact => {
        const { groupJid } = await groupWith(contact, own());
        await control().sendGroupMessage({ from: contact.phoneNumber, groupJid, message: { conversation: 'hi' } });
      }
    ],
    [
      'a message that the account sends from its phone',
      contact => control().sendMessage({ from: own(), to: contact.phoneNumber, message: { conversation: 'hi' } })
    ],
    ['the metadata of a group', async contact => migrated.command('groupMetadata', { jid: (await groupWith(contact, own())).groupJid })],
    ['a new group', provoke('groups.upsert')],
    ['a call', provoke('call')],
    ['the address book of the phone', provoke('contacts.upsert')],
    ['the chat of a LID on the phone', provoke('lid-mapping.update')],
    ['history', provoke('messaging-history.set')]
  ])('%s', async (how, names) => {
    const contact = await contactWith();
    await names(contact);
    if (how === 'history') {
      const { body } = await migrated.awaitEvent('messaging-history.set', text => text.includes(contact.lidJid));
      const { lidPnMappings } = JSON.parse(body) as { lidPnMappings: object[] };
      expect(lidPnMappings).toContainEqual({ lid: contact.lidJid, pn: contact.pnJid });
    } else {
      await migrated.awaitEvent('lid-mapping.update', text => text.includes(contact.lidJid));
    }
    await writes(contact, migrated);
    await migrated.awaitEvent('messages.upsert', text => text.includes(contact.lidJid));
    const emitted = migrated.events('lid-mapping.update').filter(({ body }) => body.includes(contact.lidJid));
    expect(emitted.map(({ body }) => JSON.parse(body) as object)).toEqual(
      how === 'history' ? [] : [{ lid: contact.lidJid, pn: contact.pnJid }]
    );
  });
});

test('a session applies its own addressing when it reconnects', async () => {
  const contact = await contactWith();
  await unmigrated.configure({ ...DEFAULT_SETTINGS, addressing: 'lid' });
  await delivers(unmigrated, contact, contact.pnJid);
  await reconnects(unmigrated);
  await expect(send(unmigrated, contact.pnJid)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 400 } });
  await unmigrated.configure({ ...DEFAULT_SETTINGS, addressing: null });
  await reconnects(unmigrated);
  await delivers(unmigrated, contact, contact.pnJid);
}, 60_000);

test('WABUS_ADDRESSING=pn forces numbers, refused here', async () => {
  const contact = await contactWith();
  await fixture.connector.stop();
  await fixture.startConnector({ WABUS_ADDRESSING: 'pn' });
  await fixture.simulator.control.awaitDevice({ phoneNumber: migrated.account.phoneNumber, online: true, waitMs: 30_000 });
  await migrated.awaitState('open', 30_000);
  await expect(send(migrated, contact.pnJid)).rejects.toMatchObject({ code: 'REFUSED_BY_WHATSAPP', details: { statusCode: 463 } });
}, 60_000);

test.each(['lid', 'auto'] as const)(
  'a session with %s writes to LIDs, unlike its connector',
  async addressing => {
    const contact = await contactWith();
    await migrated.configure({ ...DEFAULT_SETTINGS, addressing });
    await reconnects(migrated);
    await delivers(migrated, contact, contact.pnJid);
  },
  60_000
);

async function reconnects(session: Linked): Promise<void> {
  const { phoneNumber } = session.account;
  const logins = async () => (await fixture.simulator.control.devices({ phoneNumber }))[0]?.logins ?? 0;
  const before = await logins();
  await fixture.simulator.control.disconnect({ phoneNumber, how: 'close' });
  await awaitCondition(logins, now => now > before, { waitMs: 30_000, what: 'another login' });
  await fixture.simulator.control.awaitDevice({ phoneNumber, online: true });
  await session.awaitState('open');
}
