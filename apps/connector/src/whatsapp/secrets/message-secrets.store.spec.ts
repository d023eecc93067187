import { randomBytes } from 'node:crypto';
import type { KeyChanges } from '../../auth-state/auth-state.types.js';
import { MessageSecrets, type LearnedSecret } from './message-secrets.store.js';

const DAY = 86_400_000;

/** Records as in an auth state. */
class Records {
  readonly stored = new Map<string, Map<string, unknown>>();
  writes = 0;

  listKeys = (type: string): Promise<Record<string, unknown>> => Promise.resolve(Object.fromEntries(this.stored.get(type) ?? []));

  writeKeys = (changes: KeyChanges): Promise<void> => {
    this.writes++;
    for (const [type, records] of Object.entries(changes)) {
      const known = this.stored.get(type) ?? new Map<string, unknown>();
      for (const [id, value] of Object.entries(records)) known.set(id, structuredClone(value));
      this.stored.set(type, known);
    }
    return Promise.resolve();
  };
}

const text = (id: string, secret: Uint8Array = randomBytes(32)): LearnedSecret => ({ id, secret, isQuestion: false, poll: null });
const poll = (id: string): LearnedSecret => ({ ...text(id), isQuestion: true, poll: { name: 'When?', options: ['now', 'später'] } });

async function reopened(records: Records, now = 0, maxUnstored = 1): Promise<MessageSecrets> {
  const secrets = new MessageSecrets(records, maxUnstored);
  await secrets.load(now);
  return secrets;
}

test('the next owner has secrets and options', async () => {
  const records = new Records();
  const learned = [text('A'), poll('B')];
  await (await reopened(records)).learn(learned, 0);
  const next = await reopened(records);
  expect(next.find('A')).toEqual([{ secret: learned[0]!.secret, poll: null }]);
  expect(next.find('B')).toEqual([{ secret: learned[1]!.secret, poll: learned[1]!.poll }]);
  expect(next.find('C')).toEqual([]);
});

test('a known secret is not stored again', async () => {
  const records = new Records();
  const secrets = await reopened(records);
  const one = text('A');
  await secrets.learn([one], 0);
  await secrets.learn([one], 0);
  expect(secrets.find('A')).toHaveLength(1);
  expect(records.writes).toBe(1);
});

test('an id that two people use has both secrets', async () => {
  const secrets = await reopened(new Records());
  await secrets.learn([text('A'), text('A')], 0);
  expect(secrets.find('A')).toHaveLength(2);
});

test('an invalid secret is not stored', async () => {
  const secrets = await reopened(new Records());
  await secrets.learn([text('A', randomBytes(31)), text('B', new Uint8Array())], 0);
  expect([secrets.find('A'), secrets.find('B')]).toEqual([[], []]);
});

test('secrets of texts are stored in bulk, those of polls at once', async () => {
  const records = new Records();
  const secrets = await reopened(records, 0, 16);
  for (let n = 0; n < 15; n++) await secrets.learn([text(`A${n}`)], 0);
  expect(records.writes).toBe(0);
  await secrets.learn([text('last')], 0);
  expect(records.writes).toBe(1);
  await secrets.learn([poll('P')], 0);
  expect((await reopened(records)).find('P')).toHaveLength(1);
});

test('the newest thousands are kept, with polls counted separately', async () => {
  const records = new Records();
  const secrets = await reopened(records, 0, 256);
  await secrets.learn([poll('P')], 0);
  for (let n = 0; n < 6_000; n++) await secrets.learn([text(`A${n}`)], 0);
  await secrets.store();
  for (const owner of [secrets, await reopened(records)]) {
    const known = Array.from({ length: 6_000 }, (_, n) => owner.find(`A${n}`).length);
    const total = known.reduce((sum, each) => sum + each, 0);
    expect([total > 3_800, total <= 4_352, known[0], known[5_999], owner.find('P').length]).toEqual([true, true, 0, 1, 1]);
  }
});

test('texts expire after a month, polls after half a year', async () => {
  const records = new Records();
  await (await reopened(records)).learn([text('A'), poll('P')], 0);
  const found = async (days: number) => {
    const secrets = await reopened(records, days * DAY);
    return [secrets.find('A').length, secrets.find('P').length];
  };
  expect([await found(29), await found(31), await found(181)]).toEqual([
    [1, 1],
    [0, 1],
    [0, 0]
  ]);
});
