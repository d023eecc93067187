import { randomBytes } from 'node:crypto';
import { MessageSecrets } from './message-secrets.store.js';
import { portableSecrets, withSecretChunks } from './secret-transfer.mapper.js';

const POLL = { name: 'When?', options: ['now', 'later'] };
const [text, poll] = [randomBytes(32), randomBytes(32)];
const bytes = (value: Buffer) => ({ type: 'Buffer', data: value.toString('base64') });
const other = { type: 'device-list', id: '1', value: ['0'] };

/** Returns an auth state with these records. */
function holding(records: readonly { type: string; id: string; value: unknown }[]) {
  const listKeys = (type: string) =>
    Promise.resolve(Object.fromEntries(records.filter(each => each.type === type).map(({ id, value }) => [id, value])));
  return { listKeys, writeKeys: () => Promise.resolve() };
}

async function known(records: Parameters<typeof holding>[0]): Promise<MessageSecrets> {
  const secrets = new MessageSecrets(holding(records), 1);
  await secrets.load();
  return secrets;
}

test('imported secrets can be used and exported again', async () => {
  const came = await withSecretChunks([
    other,
    { type: 'message-secret', id: 'A', value: { secret: bytes(text) } },
    { type: 'message-secret', id: 'B', value: { secret: bytes(poll), isQuestion: true, poll: POLL } }
  ]);
  expect(came.map(({ type }) => type).sort()).toEqual(['device-list', 'question-secret', 'secret']);
  const left = (await portableSecrets(holding(came))).map(({ type, id, value }) => {
    const { secret, ...rest } = value as { secret: Buffer };
    return { type, id, value: { secret: bytes(secret), ...rest } };
  });
  for (const records of [came, await withSecretChunks(left)]) {
    const secrets = await known(records);
    expect(secrets.find('A')).toEqual([{ secret: text, poll: null }]);
    expect(secrets.find('B')).toEqual([{ secret: poll, poll: POLL }]);
  }
});

test('a device without secrets stays unchanged', async () => {
  expect(await withSecretChunks([other])).toEqual([other]);
  expect(await portableSecrets(holding([other]))).toEqual([]);
});
