import { createHash } from 'node:crypto';
import { EVENT_PARTS_BUCKET, isLargePart, mediaObjectName, type LargePart } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

type Linked = ConnectorSession & { account: SimulatedAccount };

const TEXT = 'a text that no log takes '.repeat(120_000);
let fixture: ConnectorFixture;
let session: Linked;
let contact: SimulatedAccount;

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  contact = await fixture.simulator.control.createAccount({});
}, 60_000);
afterAll(() => fixture.stop());

const write = async (message: object): Promise<string> => {
  const { phoneNumber } = session.account;
  return (await fixture.simulator.control.sendMessage({ from: contact.phoneNumber, to: phoneNumber, message })).id;
};
const eventOf = (id: string): Promise<string> =>
  session.awaitEvent('messages.upsert', body => body.includes(`"id":"${id}"`)).then(({ body }) => body);
const allConfirmed = (): Promise<unknown> =>
  awaitCondition(
    () => fixture.simulator.control.devices({ phoneNumber: session.account.phoneNumber }),
    ([device]) => device?.unconfirmed === 0,
    { what: 'confirmations', waitMs: 20_000 }
  );

function partsIn(body: string): LargePart[] {
  const parts: LargePart[] = [];
  JSON.parse(body, (_name, value: unknown) => (isLargePart(value) ? void parts.push(value.$large) : value));
  return parts;
}

async function contentOf({ media }: { media?: string }): Promise<string | null> {
  const store = fixture.broker.objectStores.store(EVENT_PARTS_BUCKET);
  const object = await store.find(mediaObjectName(session.id, media!));
  if (!object) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(object)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('a message of three megabytes is an event', async () => {
  const [part] = partsIn(await eventOf(await write({ conversation: TEXT })));
  expect(part).toMatchObject({ form: 'text', bytes: TEXT.length, preview: TEXT.slice(0, 500) });
  expect((await contentOf(part!)) === TEXT).toBe(true);
}, 30_000);

test('eighty cards with photographs are an event', async () => {
  const contacts = Array.from({ length: 80 }, (_, i) => ({ displayName: `card ${i}`, vcard: `${i}`.padEnd(16_000, '.') }));
  const body = await eventOf(await write({ contactsArrayMessage: { displayName: 'all', contacts } }));
  const [part] = partsIn(body);
  expect(body).toContain('"displayName":"all"');
  expect(JSON.parse((await contentOf(part!))!)).toEqual(contacts);
}, 30_000);

test.each([31, 100, 1_500])(
  'a message in %d wrappers is emitted as an event',
  async layers => {
    let message: object = { conversation: `inside ${layers}` };
    for (let i = 0; i < layers; i++) message = { ephemeralMessage: { message } };
    const body = await eventOf(await write(message));
    const [part] = partsIn(body);
    expect(await contentOf(part!)).toContain(`inside ${layers}`);
  },
  30_000
);

test('a crash between a part and its event loses neither', async () => {
  const text = `${TEXT}, written before a crash`;
  const [digest] = [createHash('sha256').update(session.id).update('\0').update(text).digest('base64url')];
  await fixture.refuseEvents(true);
  const before = await write({ conversation: 'before' });
  const id = await write({ conversation: text });
  const after = await write({ conversation: 'after' });
  await allConfirmed();
  // The first event waits for the log, and each part is stored before its event.
  await awaitCondition(
    () => contentOf({ media: `media_part-${digest}` }),
    content => content === text,
    { what: 'the part' }
  );
  const { epoch } = (await session.status())!;
  await fixture.connector.kill();
  await fixture.refuseEvents(false);
  await fixture.startConnector();
  await session.awaitStatus(({ state, epoch: newer }) => state === 'open' && newer > epoch);
  await eventOf(after);
  const bodies = session.events('messages.upsert').map(({ body }) => body);
  const order = bodies.flatMap(body => [before, id, after].filter(one => body.includes(`"id":"${one}"`)));
  expect(order).toEqual([before, id, after]);
  const [part] = partsIn(bodies.find(body => body.includes(`"id":"${id}"`))!);
  expect((await contentOf(part!)) === text).toBe(true);
  // The next connection resumes from what is stored, including large contents.
  expect(fixture.connector.lines.filter(line => line.includes('failed to open socket'))).toEqual([]);
}, 60_000);
