import type { SignalAuthState, SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import '../preload.js';

// Jest evaluates CommonJS when it links: if Baileys were imported together with the preload, it would be bound to the slow signatures.
const { addTransactionCapability, DEFAULT_CONNECTION_CONFIG, initAuthCreds } = await import('../baileys.js');
const { frugalGroups } = await import('./frugal-group.repository.js');
const { signingReady } = await import('./xeddsa.signature.js');

const GROUP = '120363000000000001@g.us';
const AUTHOR = '15550000001:3@s.whatsapp.net';
const logger = pino({ level: 'silent' });

/** One device of a group, with its stored records. */
class Member {
  private readonly repository: SignalRepositoryWithLIDStore;

  constructor(
    kind: 'ours' | 'stock',
    readonly records = new Map<string, Uint8Array>()
  ) {
    const get = (type: string, ids: string[]) =>
      Promise.resolve(Object.fromEntries(ids.flatMap(id => (this.records.has(type + id) ? [[id, this.records.get(type + id)]] : []))));
    const set = (changes: object): Promise<void> => {
      for (const [type, values] of Object.entries(changes) as [string, Record<string, Uint8Array>][])
        for (const [id, value] of Object.entries(values)) this.records.set(type + id, value);
      return Promise.resolve();
    };
    const keys = addTransactionCapability({ get, set } as never, logger, { maxCommitRetries: 1, delayBetweenTriesMs: 1 });
    const auth: SignalAuthState = { creds: initAuthCreds(), keys };
    const stock = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger);
    this.repository = kind === 'stock' ? stock : frugalGroups(stock, auth);
  }

  get recordBytes(): number {
    return Math.max(...[...this.records].filter(([id]) => id.startsWith('sender-key')).map(([, record]) => record.length));
  }

  /** Returns the distribution message of the first ciphertext, and the ciphertexts. */
  async write(texts: string[]): Promise<{ distribution: Uint8Array; ciphertexts: Uint8Array[] }> {
    const sent = [];
    for (const text of texts) sent.push(await this.repository.encryptGroupMessage({ group: GROUP, meId: AUTHOR, data: Buffer.from(text) }));
    return { distribution: sent[0]!.senderKeyDistributionMessage, ciphertexts: sent.map(({ ciphertext }) => ciphertext) };
  }

  async meet(distribution: Uint8Array): Promise<this> {
    const item = { groupId: GROUP, axolotlSenderKeyDistributionMessage: distribution };
    await this.repository.processSenderKeyDistributionMessage({ item, authorJid: AUTHOR });
    return this;
  }

  async read(ciphertext: Uint8Array): Promise<string> {
    return Buffer.from(await this.repository.decryptGroupMessage({ group: GROUP, authorJid: AUTHOR, msg: ciphertext })).toString();
  }

  async readAll(ciphertexts: readonly Uint8Array[]): Promise<string[]> {
    const texts: string[] = [];
    for (const ciphertext of ciphertexts) texts.push(await this.read(ciphertext));
    return texts;
  }
}

const texts = (count: number): string[] => Array.from({ length: count }, (_, i) => `message ${i}`);
/** Returns one part in order and the rest far out of order; equal in each run. */
const shuffled = <T>(items: readonly T[]): T[] => [...items.slice(0, 5), ...items.slice(5).sort((a, b) => rank(items, a) - rank(items, b))];
const rank = <T>(items: readonly T[], item: T): number => (items.indexOf(item) * 7_919) % 211;

describe('messages to a group', () => {
  const sent = texts(200);

  // Until then, signatures are made in JavaScript, which is a hundred times slower.
  beforeAll(() => signingReady);

  test.each(['ours', 'stock'] as const)('are read in order by members with %s, and no record grows', async kind => {
    const author = new Member('ours');
    const { distribution, ciphertexts } = await author.write(sent);
    const member = await new Member(kind).meet(distribution);
    expect(await member.readAll(ciphertexts)).toEqual(sent);
    expect(author.recordBytes).toBeLessThan(2_048);
    expect(member.recordBytes).toBeLessThan(2_048);
  });

  test('are read out of order, once each', async () => {
    const { distribution, ciphertexts } = await new Member('ours').write(sent);
    const member = await new Member('ours').meet(distribution);
    const mixed = shuffled(ciphertexts);
    expect(await member.readAll(mixed)).toEqual(mixed.map(ciphertext => sent[ciphertexts.indexOf(ciphertext)]));
    expect(member.recordBytes).toBeLessThan(2_048);
    await expect(member.read(ciphertexts[50]!)).rejects.toThrow('old counter');
  });

  test('are read by a later member from its entry on', async () => {
    const author = new Member('ours');
    const earlier = await author.write(sent.slice(0, 20));
    const { distribution, ciphertexts } = await author.write(sent.slice(20, 40));
    const member = await new Member('stock').meet(distribution);
    expect(await member.readAll(ciphertexts)).toEqual(sent.slice(20, 40));
    await expect(member.read(earlier.ciphertexts[19]!)).rejects.toThrow();
  });

  test('continue from a stock Baileys record without reusing keys', async () => {
    const author = new Member('stock');
    const before = await author.write(sent.slice(0, 50));
    const upgraded = new Member('ours', author.records);
    const after = await upgraded.write(sent.slice(50));
    const member = await new Member('ours').meet(before.distribution);
    expect(await member.readAll([...before.ciphertexts, ...after.ciphertexts])).toEqual(sent);
    expect(upgraded.recordBytes).toBeLessThan(2_048);
  });

  test('of stock Baileys are read in any order', async () => {
    const { distribution, ciphertexts } = await new Member('stock').write(sent.slice(0, 60));
    const member = await new Member('ours').meet(distribution);
    const mixed = shuffled(ciphertexts.slice(0, 40));
    expect(await member.readAll(mixed)).toEqual(mixed.map(ciphertext => sent[ciphertexts.indexOf(ciphertext)]));
    expect(await member.readAll(ciphertexts.slice(40))).toEqual(sent.slice(40, 60));
  });

  test('that are missing leave at most the 2,000 newest keys', async () => {
    const { distribution, ciphertexts } = await new Member('ours').write(texts(2_600));
    const member = await new Member('ours').meet(distribution);
    await member.readAll([ciphertexts[0]!, ciphertexts[1_500]!, ciphertexts[2_599]!]);
    expect(member.recordBytes).toBeLessThan(2_000 * 50);
    expect(await member.readAll([ciphertexts[2_598]!, ciphertexts[700]!])).toEqual(['message 2598', 'message 700']);
    await expect(member.read(ciphertexts[1]!)).rejects.toThrow('old counter');
  }, 30_000);

  test('that are forged are refused and change nothing', async () => {
    const { distribution, ciphertexts } = await new Member('ours').write(sent.slice(0, 3));
    const member = await new Member('ours').meet(distribution);
    const forged = Buffer.from(ciphertexts[1]!);
    forged[10]! ^= 1;
    await expect(member.read(forged)).rejects.toThrow();
    expect(await member.readAll(ciphertexts)).toEqual(sent.slice(0, 3));
  });
});
