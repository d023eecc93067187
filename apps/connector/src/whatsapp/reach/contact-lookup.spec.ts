import type { BinaryNode } from '@whiskeysockets/baileys';
import { ContactLookup } from './contact-lookup.js';
import { LookupMemory } from './lookup-memory.js';

const node = (tag: string, attrs: Record<string, string> = {}, content?: BinaryNode['content']): BinaryNode => ({ tag, attrs, content });
const kids = (of: BinaryNode | undefined, tag: string): BinaryNode[] =>
  Array.isArray(of?.content) ? of.content.filter(child => child.tag === tag) : [];

const writtenIn = (user: BinaryNode): string => kids(user, 'contact')[0]!.content as string;

/** A server that knows these numbers, each with its canonical number. */
class Service {
  readonly asked: string[][] = [];
  readonly learned: unknown[] = [];
  private tag = 0;
  readonly emitted: unknown[] = [];
  readonly ev = { emit: (_name: string, pair: unknown) => this.emitted.push(pair) };
  readonly authState = { keys: { get: () => Promise.resolve({ '15550000009': '915550000009' }) } };
  readonly signalRepository = {
    lidMapping: { storeLIDPNMappings: (pairs: unknown[]) => Promise.resolve(void this.learned.push(...pairs)) }
  };

  constructor(
    private readonly canonical: Record<string, string>,
    private readonly answers: (users: BinaryNode[]) => BinaryNode[] = users => users
  ) {}

  generateMessageTag = () => `t${++this.tag}`;

  query = (iq: BinaryNode): Promise<BinaryNode> => {
    const usync = kids(iq, 'usync')[0];
    const users = kids(kids(usync, 'list')[0], 'user');
    this.asked.push(users.map(user => user.attrs['jid'] ?? writtenIn(user)));
    const list = this.answers(users.map(user => this.answer(user)));
    return Promise.resolve(node('iq', {}, [node('usync', {}, [node('list', {}, list)])]));
  };

  private answer(user: BinaryNode): BinaryNode {
    const { jid } = user.attrs;
    if (jid !== undefined) return node('user', { jid }, jid in this.canonical ? [node('devices', {}, [node('device-list', {}, [])])] : []);
    const number = writtenIn(user);
    const known = this.canonical[number.slice(1)];
    const contact = node('contact', { type: known ? 'in' : 'out' }, Buffer.from(number));
    return known
      ? node('user', { jid: `${known}@s.whatsapp.net` }, [contact, node('lid', { val: `9${known}@lid` })])
      : node('user', {}, [contact]);
  }
}

const lookup = (service: Service, perHour = 100) => new ContactLookup(service as never, new LookupMemory(perHour));

describe('looking up contacts', () => {
  test('sends one query for many numbers and caches the answers', async () => {
    const service = new Service({ '15550000001': '15550000001', '9@lid': '9@lid' });
    const contacts = lookup(service);
    const asked = ['15550000001', '15550000002', '9@lid', '8@lid'];
    const found = await contacts.find(asked);
    expect(found.map(({ exists }) => exists)).toEqual([true, false, true, false]);
    expect(found[0]).toEqual({ exists: true, jid: '15550000001@s.whatsapp.net', lid: '915550000001@lid' });
    await contacts.find(asked);
    expect(service.asked).toEqual([
      ['+15550000001', '+15550000002'],
      ['9@lid', '8@lid']
    ]);
    expect(service.learned).toEqual([{ pn: '15550000001@s.whatsapp.net', lid: '915550000001@lid' }]);
  });

  test('emits new mappings', async () => {
    const service = new Service({ '15550000001': '15550000001', '15550000009': '15550000009' });
    await lookup(service).find(['15550000001', '15550000009']);
    expect(service.learned).toHaveLength(2);
    expect(service.emitted).toEqual([{ pn: '15550000001@s.whatsapp.net', lid: '915550000001@lid' }]);
  });

  test('sends concurrent look-ups of a number only once', async () => {
    const service = new Service({ '15550000001': '15550000001' });
    const contacts = lookup(service);
    await Promise.all(Array.from({ length: 10 }, () => contacts.find(['15550000001'])));
    expect(service.asked).toHaveLength(1);
  });

  test('finds another spelling and another canonical number', async () => {
    const contacts = lookup(new Service({ '551187654321': '551187654321', '5215512345678': '525512345678' }));
    const [brazil, mexico] = await contacts.find(['5511987654321', '5215512345678']);
    expect(brazil).toMatchObject({ exists: true, jid: '551187654321@s.whatsapp.net' });
    expect(mexico).toMatchObject({ exists: true, jid: '525512345678@s.whatsapp.net' });
  });

  test('matches answers by number, not by position', async () => {
    const numbers = { '15550000001': '15550000001', '15550000002': '15550000002' };
    const service = new Service(numbers, users => users.reverse());
    const found = await lookup(service).find(['15550000001', '15550000003', '15550000002']);
    expect(found.map(({ jid }) => jid)).toEqual(['15550000001@s.whatsapp.net', null, '15550000002@s.whatsapp.net']);
  });

  test('has a limit and reports the time to wait', async () => {
    const contacts = lookup(new Service({}), 2);
    await contacts.find(['15550000001', '15550000002']);
    await contacts.find(['15550000001']);
    const error = await contacts.find(['15550000003']).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { reason: 'number-lookups' } });
    const { retryAfterMs } = (error as { details: { retryAfterMs: number } }).details;
    expect(retryAfterMs).toBeGreaterThan(29 * 60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(30 * 60_000);
  });

  test('can exceed the limit for requests that must not fail', async () => {
    const contacts = lookup(new Service({}), 2);
    await contacts.find(['15550000001', '15550000002', '15550000003'], { overdraw: true });
    // Each number is queried once. The next look-up waits longer, but at most an hour plus the time for its own numbers.
    await contacts.find(['15550000001'], { overdraw: true });
    const error = await contacts.find(['15550000004']).catch((thrown: unknown) => thrown);
    const { retryAfterMs } = (error as { details: { retryAfterMs: number } }).details;
    expect(retryAfterMs).toBeGreaterThan(59 * 60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(90 * 60_000);
  });

  test('caches nothing for a query without an answer', async () => {
    const service = new Service({ '15550000001': '15550000001' });
    const { query } = service;
    service.query = () => Promise.resolve(undefined as never);
    const contacts = lookup(service);
    await expect(contacts.find(['15550000001'])).rejects.toThrow('did not answer');
    service.query = query;
    expect(await contacts.find(['15550000001'])).toMatchObject([{ exists: true }]);
  });
});
