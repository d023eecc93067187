import { createHash } from 'node:crypto';
import { Curve, proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import type { Group } from '../accounts/group.js';
import { mutateFromPhone } from '../app-state/phone-mutation.js';
import { mediaFilesOf } from '../media/media-files.js';
import { deviceAnnouncerOf } from '../messages/device-announcer.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import { RawCompanion } from '../raw-companion.fixture.js';
import { Simulator } from '../simulator.js';
import { child, children, element, requiredBytes, stanzaBytes, type Stanza } from '../stanza/stanza.js';
import { stimuli } from '../stimuli/stimuli.table.js';

/** Formats and behavior on which clients other than Baileys depend; the numbers are those of the comparison with zapo and whatsmeow. */

let simulator: Simulator;
let alice: Account;
let bob: Account;
let carol: Account;
let group: Group;
let laptop: RawCompanion;

beforeAll(async () => {
  simulator = await Simulator.start({ settings: { phoneLatencyMs: 0 } });
  const { accounts, groups } = simulator.world;
  [alice, bob, carol] = ['Alice', 'Bob', 'Carol'].map(name => accounts.create({ name })) as [Account, Account, Account];
  group = groups.create({ subject: 'Three', owner: alice, members: [bob, carol] });
  laptop = RawCompanion.link(simulator, alice);
  await laptop.login();
  await activate(laptop);
});

afterAll(() => simulator.stop());

beforeEach(() => {
  laptop.received.length = 0;
});

const world = () => simulator.world;
const activate = (companion: RawCompanion) => companion.ask('set', 'passive', [element('active')]);
const ib = (companion: RawCompanion, kind: string) => companion.next(each => each.tag === 'ib' && child(each)?.tag === kind);
const notification = (type: string, companion = laptop) =>
  companion.next(({ tag, attrs }) => tag === 'notification' && attrs['type'] === type);
const noMessage = (to: string, id: string, attrs: Record<string, string> = {}): Stanza =>
  element('message', { id, to, type: 'text', ...attrs }, [
    element('participants', {}, [element('to', { jid: to }, [element('enc', { v: '2', type: 'msg' }, Buffer.from('garbage'))])])
  ]);
const groupChange = async (change: Stanza, tag = change.tag) => {
  await laptop.ask('set', 'w:g2', [change], group.jid);
  const { content } = await laptop.next(each => each.attrs['type'] === 'w:gp2' && child(each)?.tag === tag);
  return (content as Stanza[])[0]!;
};

/** Links a device of a new account that is offline, with the stanzas that `queue` leaves for it. */
async function absent(queue: (companion: RawCompanion) => Promise<unknown> | void): Promise<RawCompanion> {
  const companion = RawCompanion.link(simulator, world().accounts.create({}));
  await queue(companion);
  return companion;
}

const rows: [id: string, promise: string, check: () => Promise<void>][] = [
  [
    'S1',
    'the backlog comes to a client that only becomes active',
    async () => {
      const companion = await absent(({ device }) =>
        phoneSenderOf(world())
          .send({ from: bob, to: device.account, message: { conversation: 'queued' }, plaintext: true })
          .then(() => undefined)
      );
      await companion.login();
      await ib(companion, 'offline_preview');
      await activate(companion);
      expect(await companion.next(({ tag }) => tag === 'message')).toMatchObject({ attrs: { offline: '1' } });
      await ib(companion, 'offline');
      await companion.leave();
    }
  ],
  [
    'S2',
    'a conflict of the state comes with what the device lacks',
    async () => {
      await mutateFromPhone(world(), alice, {
        collection: 'regular_low',
        index: ['time_format'],
        action: { timeFormatAction: { isTwentyFourHourFormatEnabled: true } }
      });
      const patch = element('patch', {}, Buffer.from('anything'));
      const asked = element('collection', { name: 'regular_low', version: 0 }, [patch]);
      const answer = await laptop.ask('set', 'w:sync:app:state', [element('sync', {}, [asked])]);
      const collection = child(child(answer, 'sync'), 'collection');
      expect(collection?.attrs).toMatchObject({ type: 'error', version: '0', has_more_patches: 'false' });
      expect(child(collection, 'error')?.attrs).toMatchObject({ code: '409' });
      expect(children(child(collection, 'patches'), 'patch')).toHaveLength(1);
    }
  ],
  [
    'S3',
    'an upload answers the direct path and a handle',
    async () => {
      const bytes = Buffer.from('a file');
      const hash = createHash('sha256').update(bytes).digest('base64url');
      const url = `http://${world().hostAndPort}/mms/image/${hash}?auth=${mediaFilesOf(world()).uploadToken}`;
      const answer = (await (await fetch(url, { method: 'POST', body: bytes })).json()) as Record<string, string>;
      expect(answer).toEqual({ url: mediaFilesOf(world()).urlOf(hash), direct_path: `/media/${hash}`, handle: hash });
    }
  ],
  [
    'S4',
    'a phone that asks a second time sends its keys along',
    async () => {
      for (const count of ['1', '2']) {
        laptop.send(noMessage(bob.jid('lid'), 'unreadable'));
        const receipt = await laptop.next(
          each => each.tag === 'receipt' && each.attrs['id'] === 'unreadable' && child(each, 'retry')?.attrs['count'] === count
        );
        const keys = children(child(receipt, 'keys')).map(({ tag }) => tag);
        expect(keys).toEqual(count === '1' ? [] : ['type', 'identity', 'key', 'skey']);
      }
    }
  ],
  [
    'S4',
    'missing keys are handed out by device',
    async () => {
      const device = element('device', { id: 0 }, [element('registration', {}, Buffer.alloc(4))]);
      const answer = await laptop.ask('get', 'encrypt', [element('key_fetch', {}, [element('user', { jid: bob.jid('lid') }, [device])])]);
      const [bundle] = children(child(child(answer, 'list'), 'user'), 'device');
      expect(bundle?.attrs).toEqual({ id: '0' });
      expect(children(bundle).map(({ tag }) => tag)).toEqual(['registration', 'type', 'identity', 'skey', 'key']);
    }
  ],
  [
    'S5',
    'the digest has the ids and a hash of all keys',
    async () => {
      const keys = [7, 8].map(id => ({ id, key: Buffer.from(Curve.generateKeyPair().public) }));
      for (const { id, key } of keys) laptop.device.preKeys.set(id, key);
      const digest = child(await laptop.ask('get', 'encrypt', [element('digest')]), 'digest');
      const { identityKey, signedPreKey } = laptop.device;
      const parts = [identityKey, signedPreKey.publicKey, signedPreKey.signature, ...keys.map(({ key }) => key)];
      expect(children(child(digest, 'list')).map(id => requiredBytes(id).readUIntBE(0, 3))).toEqual([7, 8]);
      expect(requiredBytes(child(digest, 'hash'))).toEqual(createHash('sha1').update(Buffer.concat(parts)).digest());
    }
  ],
  [
    'S6',
    'a look-up of a number in the form of a jid is answered',
    async () => {
      const contact = element('contact', {}, `+${bob.phoneNumber}@c.us`);
      const query = element('query', {}, [element('contact')]);
      const usync = element('usync', { sid: '1', mode: 'query', context: 'interactive' }, [
        query,
        element('list', {}, [element('user', {}, [contact])])
      ]);
      const answer = await laptop.ask('get', 'usync', [usync]);
      expect(child(child(child(answer, 'usync'), 'list'), 'user')).toMatchObject({
        attrs: { jid: bob.jid('pn') },
        content: [{ tag: 'contact', attrs: { type: 'in' } }]
      });
    }
  ],
  [
    'S7',
    'a copy that is sent again names its chat',
    async () => {
      const other = RawCompanion.link(simulator, alice);
      await other.login();
      await activate(other);
      const enc = element('enc', { v: '2', type: 'msg', count: '1' }, Buffer.from('x'));
      const to = other.device.jid('lid');
      laptop.send(
        element('message', { id: 'again', to, type: 'text', recipient: bob.jid('lid'), peer_recipient_pn: bob.jid('pn') }, [enc])
      );
      const { attrs } = await other.next(({ tag, attrs: { id } }) => tag === 'message' && id === 'again');
      expect(attrs).toMatchObject({ from: laptop.device.jid('lid'), recipient: bob.jid('lid'), peer_recipient_pn: bob.jid('pn') });
      await other.leave();
      alice.devices.delete(other.device.id);
    }
  ],
  [
    'S8',
    'a client resumes by IK',
    async () => {
      const companion = await absent(() => undefined);
      await companion.login();
      await companion.leave();
      await companion.login();
      expect(companion.handshake).toBe('ik');
      await activate(companion);
      await companion.leave();
    }
  ],
  [
    'S8',
    'a client with an old key of the server falls back to XX',
    async () => {
      const companion = await absent(() => undefined);
      companion.serverKey = Buffer.from(Curve.generateKeyPair().public);
      await companion.login();
      expect(companion.handshake).toBe('fallback');
      await activate(companion);
      await companion.leave();
    }
  ],
  [
    'N1',
    'a new device is announced to contacts and own devices',
    async () => {
      const query = element('query', {}, [element('devices', { version: '2' })]);
      const list = element('list', {}, [element('user', { jid: bob.jid('lid') })]);
      await laptop.ask('get', 'usync', [element('usync', { sid: '2', mode: 'query', context: 'message' }, [query, list])]);
      const { device } = RawCompanion.link(simulator, bob);
      deviceAnnouncerOf(world()).announce(device, 'add');
      const { attrs, content } = await notification('devices');
      const add = (content as Stanza[])[0]!;
      expect(attrs).toMatchObject({ from: bob.jid('pn'), lid: bob.jid('lid') });
      expect(add).toMatchObject({
        tag: 'add',
        attrs: { device_hash: expect.stringMatching(/^2:/) as string, device_lid_hash: expect.stringMatching(/^2:/) as string }
      });
      expect(child(add, 'device')?.attrs).toEqual({ jid: device.jid('pn'), lid: device.jid('lid'), 'key-index': String(device.keyIndex) });
      bob.devices.delete(device.id);
      const own = RawCompanion.link(simulator, alice);
      deviceAnnouncerOf(world()).announce(own.device, 'add');
      const { content: sync } = await notification('account_sync');
      expect(sync).toMatchObject([{ tag: 'devices', attrs: { dhash: expect.stringMatching(/^2:/) as string } }]);
      alice.devices.delete(own.device.id);
    }
  ],
  [
    'N1',
    'the ack of a message has the hash of the devices',
    async () => {
      laptop.send(noMessage(bob.jid('lid'), 'hashed'));
      const { attrs } = await laptop.next(({ tag, attrs: { id } }) => tag === 'ack' && id === 'hashed');
      expect(attrs['phash']).toMatch(/^2:/);
    }
  ],
  [
    'N2',
    'a receipt names the device that wrote it',
    async () => {
      const reader = RawCompanion.link(simulator, bob);
      await reader.login();
      await activate(reader);
      reader.send(element('receipt', { id: 'm1', to: alice.jid('lid'), type: 'read' }));
      reader.send(element('receipt', { id: 'm2', to: group.jid, participant: alice.jid('lid'), type: 'read' }));
      const receipt = (id: string) => laptop.next(each => each.tag === 'receipt' && each.attrs['id'] === id);
      expect((await receipt('m1')).attrs).toMatchObject({ from: reader.device.jid('lid'), type: 'read' });
      expect((await receipt('m2')).attrs).toMatchObject({ from: group.jid, participant: reader.device.jid('lid') });
      await reader.leave();
      bob.devices.delete(reader.device.id);
    }
  ],
  [
    'N2',
    'group receipts that were missed come as one',
    async () => {
      const companion = await absent(({ device: { account } }) => {
        for (const [reader, t] of [
          [bob, '10'],
          [carol, '11']
        ] as const)
          world().deliverToAll(account, element('receipt', { from: group.jid, id: 'g1', type: 'read', participant: reader.jid('lid'), t }));
      });
      await companion.login();
      await activate(companion);
      const { attrs, content } = await companion.next(({ tag }) => tag === 'receipt');
      expect(attrs).not.toHaveProperty('participant');
      expect(content).toMatchObject([
        {
          tag: 'participants',
          attrs: { key: 'g1' },
          content: [
            { tag: 'user', attrs: { jid: bob.jid('lid'), t: '10' } },
            { tag: 'user', attrs: { jid: carol.jid('lid'), t: '11' } }
          ]
        }
      ]);
      await companion.leave();
    }
  ],
  [
    'N3',
    'an own copy names the other jid of its chat',
    async () => {
      const id = await phoneSenderOf(world()).send({
        from: alice,
        to: bob,
        message: { conversation: 'x' },
        addressing: 'lid',
        plaintext: true
      });
      const { attrs } = await laptop.next(each => each.tag === 'message' && each.attrs['id'] === id);
      expect(attrs).toMatchObject({ recipient: bob.jid('lid'), peer_recipient_pn: bob.jid('pn') });
    }
  ],
  [
    'N4',
    'a direct message by LID has no mode and may lack the number',
    async () => {
      const id = await phoneSenderOf(world()).send({
        from: bob,
        to: alice,
        message: { conversation: 'x' },
        addressing: 'lid',
        plaintext: true
      });
      const { attrs } = await laptop.next(each => each.tag === 'message' && each.attrs['id'] === id);
      expect(attrs).toMatchObject({ from: bob.jid('lid'), sender_pn: bob.jid('pn') });
      expect(attrs).not.toHaveProperty('addressing_mode');
      const writer = RawCompanion.link(simulator, bob);
      bob.reach.hasSalt = false;
      await writer.login();
      writer.send(noMessage(laptop.device.jid('lid'), 'by-device'));
      const written = await laptop.next(each => each.tag === 'message' && each.attrs['id'] === 'by-device');
      expect(written.attrs).toMatchObject({ from: writer.device.jid('lid') });
      expect(written.attrs).not.toHaveProperty('sender_pn');
      await writer.leave();
      bob.devices.delete(writer.device.id);
    }
  ],
  [
    'N5',
    'an account that is moved gets its messages by LID, any other by number',
    async () => {
      const say = () => phoneSenderOf(world()).send({ from: bob, to: alice, message: { conversation: 'x' }, plaintext: true });
      const sender = async (id: string) => (await laptop.next(each => each.tag === 'message' && each.attrs['id'] === id)).attrs;
      expect(await sender(await say())).toMatchObject({ from: bob.jid('lid'), sender_pn: bob.jid('pn') });
      alice.migrated = false;
      expect(await sender(await say())).toMatchObject({ from: bob.jid('pn'), sender_lid: bob.jid('lid') });
      alice.migrated = true;
    }
  ],
  [
    'N6',
    'a device list is signed by the phone',
    async () => {
      const query = element('query', {}, [element('devices', { version: '2' })]);
      const list = element('list', {}, [element('user', { jid: alice.jid('lid') })]);
      const answer = await laptop.ask('get', 'usync', [element('usync', { sid: '3', mode: 'query', context: 'message' }, [query, list])]);
      const devices = child(child(child(child(answer, 'usync'), 'list'), 'user'), 'devices');
      const signed = proto.ADVSignedKeyIndexList.decode(requiredBytes(child(devices, 'key-index-list')));
      const { validIndexes } = proto.ADVKeyIndexList.decode(signed.details!);
      expect(validIndexes).toEqual([0, laptop.device.keyIndex]);
      expect(Buffer.from(signed.accountSignatureKey!)).toEqual(Buffer.from(alice.phone.identity.public));
      expect(signed.accountSignature).toHaveLength(64);
    }
  ],
  [
    'N7',
    'a removed description comes as a child',
    async () => {
      await groupChange(element('description', { id: 'd1' }, [element('body', {}, Buffer.from('about'))]));
      laptop.received.length = 0;
      const change = await groupChange(element('description', { prev: 'd1', delete: 'true' }));
      expect(change).toEqual(element('description', { id: change.attrs['id'] }, [element('delete')]));
      expect(change.attrs['id']).toMatch(/^\d+$/);
    }
  ],
  [
    'N8',
    'changes of a group carry their versions and reason',
    async () => {
      const first = await groupChange(element('remove', {}, [element('participant', { jid: carol.jid('lid') })]));
      const added = element('participant', { jid: carol.jid('lid'), phone_number: carol.jid('pn') });
      const second = await groupChange(element('add', {}, [added]));
      expect(second.attrs['prev_v_id']).toBe(first.attrs['v_id']);
      expect(Number(second.attrs['v_id'])).toBeGreaterThan(Number(first.attrs['v_id']));
      expect((await groupChange(element('announcement'))).attrs['v_id']).toMatch(/^\d{2,}$/);
    }
  ],
  [
    'N9',
    'a login is told where to go and what is dirty, until cleaned',
    async () => {
      const companion = await absent(() => undefined);
      await companion.login();
      const routing = await ib(companion, 'edge_routing');
      expect(stanzaBytes(child(child(routing, 'edge_routing'), 'routing_info'))!.length).toBeGreaterThan(0);
      const dirty = () => companion.received.flatMap(each => child(each, 'dirty')?.attrs['type'] ?? []);
      await ib(companion, 'tos');
      expect(dirty()).toEqual(['account_sync', 'groups']);
      await companion.ask('set', 'urn:xmpp:whatsapp:dirty', [element('clean', { type: 'groups' })]);
      await companion.leave();
      await companion.login();
      await ib(companion, 'tos');
      expect(dirty()).toEqual(['account_sync']);
      await companion.leave();
    }
  ],
  [
    'N10',
    'channels are told of by live updates and operations',
    async () => {
      const provoke = (event: keyof typeof stimuli) => stimuli[event].provoke({ world: world(), account: alice, contact: bob, group });
      await provoke('newsletter.reaction');
      const { content } = await notification('newsletter');
      expect(content).toMatchObject([{ tag: 'live_updates', content: [{ tag: 'message', attrs: { server_id: '100' } }] }]);
      await provoke('newsletter-settings.update');
      const update = child(await notification('mex'), 'update');
      expect(update?.attrs).toEqual({ op_name: 'NotificationNewsletterUpdate' });
      expect(stanzaBytes(update)!.toString()).toContain('xwa2_notify_newsletter_on_metadata_update');
    }
  ],
  [
    'N11',
    'the offer of a call has media and platform',
    async () => {
      await stimuli['call'].provoke({ world: world(), account: alice, contact: bob, group });
      const call = await laptop.next(each => each.tag === 'call' && child(each, 'offer') !== undefined);
      expect(call.attrs).toMatchObject({ platform: 'android', version: expect.any(String) as string });
      const tags = new Set(children(child(call, 'offer')).map(({ tag }) => tag));
      for (const tag of ['audio', 'video', 'net', 'enc', 'encopt']) expect(tags).toContain(tag);
    }
  ]
];

test.each(rows)('%s: %s', async (_id, _promise, check) => check());
