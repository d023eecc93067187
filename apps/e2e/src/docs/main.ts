import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EVENT_CATALOG,
  EVENT_NAMES,
  type EventEnvelope,
  type EventName,
  type MessageProgress,
  type PasskeyChanged,
  type PasskeyRequest,
  type WhatsAppNotification
} from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { WabusFixture } from '../wabus.fixture.js';

/** Events that nothing in the installed Baileys emits. */
const NEVER_EMITTED: readonly EventName[] = ['blocklist.set'];

/** Characters of JSON. */
const MAX_EXAMPLE = 3_000;

/** Longer texts are cut: keys, signatures and pictures in base64. */
const MAX_TEXT = 80;
const MAX_ITEMS = 2;
/** Fields whose value would link or unlock something if it were real. */
const SECRET_FIELDS = new Set(['qr', 'code', 'mediaKey', 'directPath', 'url']);

/** Makes a contact vote in its own poll, once in a way that nobody can read. */
async function vote({ control }: WabusFixture, from: string, groupJid: string): Promise<void> {
  const poll = { name: 'Where shall we eat?', options: [{ optionName: 'Harbour' }, { optionName: 'Market' }], selectableOptionsCount: 1 };
  const { id: target } = await control.sendGroupMessage({ from, groupJid, message: { pollCreationMessageV3: poll } });
  for (const lostSecret of [false, true]) {
    await control.sendPart({ from, groupJid, target, part: { kind: 'poll-vote', options: ['Harbour'] }, lostSecret });
  }
}

/** Captures one example of every event from a session at the simulator and writes each as an envelope to the given folder. */
async function capture(folder: string): Promise<void> {
  await using wabus = await WabusFixture.start();
  const events = await wabus.edge.connectEvents();
  await events.subscribe([...EVENT_NAMES]);
  const { phoneNumber } = await wabus.pair('default');
  await events.awaitEvent('messaging-history.status');
  const contact = await wabus.control.createAccount({ name: 'Contact' });
  const { groupJid } = await wabus.control.createGroup({ subject: 'Team', owner: contact.phoneNumber, members: [phoneNumber] });
  const wanted = EVENT_NAMES.filter(name => EVENT_CATALOG[name].origin === 'baileys' && !NEVER_EMITTED.includes(name));
  // A history sync makes Baileys merge other events into its own, so it comes last.
  for (const event of wanted.toSorted((a, b) => Number(a.startsWith('messaging-history')) - Number(b.startsWith('messaging-history')))) {
    events.forget();
    // A mapping is reported only once, whatever contains it first, so this event needs a new contact.
    const by = event === 'lid-mapping.update' ? await wabus.control.createAccount({}) : contact;
    await wabus.control.provoke({ event, phoneNumber, contact: by.phoneNumber, groupJid });
    await events.awaitEvent(event, () => true, 15_000);
  }
  await wabus.edge.post('/api/sessions', { session: 'another' });
  await events.awaitEvent('auth.qr', () => true, 15_000);
  await wabus.edge.post('/api/sessions/another/pairing-code', { phoneNumber: contact.phoneNumber });
  await events.awaitEvent('auth.pairing-code', () => true, 15_000);
  await askForPasskey(wabus);
  await events.awaitEvent<PasskeyChanged>('auth.passkey', ({ stage }) => stage === 'confirmation');
  await wabus.edge.post('/api/sessions/default/messages', {
    jid: contact.pnJid,
    content: { text: 'Good morning' },
    options: { correlation: 'order 4711' }
  });
  await events.awaitEvent<MessageProgress>('message.progress', ({ stage }) => stage === 'delivered');
  await vote(wabus, contact.phoneNumber, groupJid);
  for (const event of ['message.poll-vote', 'message.unopened'] as const) await events.awaitEvent(event, () => true, 15_000);
  await linkToCommunity(wabus, { phoneNumber, groupJid, by: contact.lidJid });
  await events.awaitEvent<WhatsAppNotification>('whatsapp.notification', ({ action }) => action === 'link');
  const examples = new Map<string, EventEnvelope>();
  for (const event of EVENT_NAMES) {
    const { body } = await wabus.edge.get<{ events: EventEnvelope[] }>(`/api/events?events=${event}&limit=100`);
    const [most] = body.events.toSorted((a, b) => sizeOf(b) - sizeOf(a));
    if (most !== undefined) examples.set(event, most);
  }
  for (const [event, envelope] of examples) {
    const example = { ...envelope, data: redacted(envelope.data) };
    writeFileSync(join(folder, `${event}.json`), `${JSON.stringify(example, null, 2)}\n`);
  }
  process.stdout.write(`${examples.size} of ${EVENT_NAMES.length} events captured\n`);
}

/** Sends a notification that none of Baileys' events reports: a group was added to a community. */
async function linkToCommunity(
  wabus: WabusFixture,
  { phoneNumber, groupJid, by }: { phoneNumber: string; groupJid: string; by: string }
): Promise<void> {
  const linked = { tag: 'group', attrs: { jid: '120363000000000002@g.us', subject: 'Neighbours' } };
  const content = [{ tag: 'link', attrs: { link_type: 'sub_group' }, content: [linked] }];
  await wabus.control.sendStanza({
    phoneNumber,
    stanza: { tag: 'notification', attrs: { from: groupJid, type: 'w:gp2', participant: by }, content }
  });
}

/** Makes WhatsApp request a passkey, and continues until the comparison of the codes. */
async function askForPasskey(wabus: WabusFixture): Promise<void> {
  const account = await wabus.control.createAccount({ name: 'Protected' });
  await wabus.control.setPasskey({ phoneNumber: account.phoneNumber, required: 'always' });
  await wabus.edge.post('/api/sessions', { session: 'protected' });
  await wabus.edge.request('PATCH', '/api/sessions/protected/settings', { passkeyCode: 'always' });
  await wabus.scan('protected', account);
  const { body } = await awaitCondition(
    () => wabus.edge.get<PasskeyRequest>('/api/sessions/protected/passkey'),
    ({ status }) => status === 200
  );
  const assertion = await wabus.control.assertPasskey({ phoneNumber: account.phoneNumber, options: body.options! });
  await wabus.edge.post('/api/sessions/protected/passkey', { assertion });
}

/** Returns the length of an example; 0 if it is too large for a page. */
function sizeOf({ data }: EventEnvelope): number {
  const { length } = JSON.stringify(data);
  return length <= MAX_EXAMPLE ? length : 0;
}

/** Shortens a payload for a document and removes everything that was a secret when it was captured. Keeps its form. */
function redacted(value: unknown, field = ''): unknown {
  if (typeof value === 'string') return SECRET_FIELDS.has(field) ? `<${field}>` : cut(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(item => redacted(item, field));
  if ((value as { type?: unknown }).type === 'Buffer') return { type: 'Buffer', data: 'AAAA' };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item, name)]));
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('which folder?');
await capture(folder);
