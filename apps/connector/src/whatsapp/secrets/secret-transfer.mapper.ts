import type { AdoptedDevice, KeyChanges } from '../../auth-state/auth-state.types.js';
import type { ChunkRecords } from '../../auth-state/record-ring.js';
import { MessageSecrets, type LearnedSecret, type PollFacts } from './message-secrets.store.js';

type Records = AdoptedDevice['records'];

/** The type under which secrets of messages move between gateways, one by one; they are kept in chunks. */
const PORTABLE = 'message-secret';

interface PortableSecret {
  /** Base64, as `BufferJSON` writes it. */
  readonly secret: { readonly data: string };
  readonly isQuestion?: boolean;
  readonly poll?: PollFacts;
}

/** The records of a device as they are stored: those with secrets of messages in chunks. */
export async function withSecretChunks(records: Records): Promise<Records> {
  const learned = records.filter(({ type }) => type === PORTABLE).map(({ id, value }) => learnedFrom(id, value as PortableSecret));
  if (learned.length === 0) return records;
  const chunks = new Map<string, { type: string; id: string; value: unknown }>();
  const collect = (changes: KeyChanges): Promise<void> => {
    for (const [type, values] of Object.entries(changes))
      for (const [id, value] of Object.entries(values)) chunks.set(`${type} ${id}`, { type, id, value });
    return Promise.resolve();
  };
  const secrets = new MessageSecrets({ listKeys: () => Promise.resolve({}), writeKeys: collect }, 1);
  await secrets.learn(learned);
  await secrets.store();
  return [...records.filter(({ type }) => type !== PORTABLE), ...chunks.values()];
}

/** What is stored of secrets, one by one, for another gateway or installation. */
export async function portableSecrets(auth: Pick<ChunkRecords, 'listKeys'>): Promise<Records> {
  const stored = await MessageSecrets.stored(auth);
  return stored.map(({ id, secret, isQuestion, poll }) => ({
    type: PORTABLE,
    id,
    value: { secret: Buffer.from(secret), ...(isQuestion ? { isQuestion } : {}), ...(poll ? { poll } : {}) }
  }));
}

function learnedFrom(id: string, { secret, isQuestion = false, poll }: PortableSecret): LearnedSecret {
  return { id, secret: Buffer.from(secret.data, 'base64'), isQuestion, poll: poll ?? null };
}
