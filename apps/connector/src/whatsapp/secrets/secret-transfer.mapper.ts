import type { AdoptedDevice, KeyChanges } from '../../auth-state/auth-state.types.js';
import type { ChunkRecords } from '../../auth-state/record-ring.js';
import { MessageSecrets, type LearnedSecret, type PollFacts } from './message-secrets.store.js';

type Records = AdoptedDevice['records'];

/** The type of message secrets in the exchange between gateways, one record each; they are stored in chunks. */
const PORTABLE = 'message-secret';

interface PortableSecret {
  /** In Base64, as written by `BufferJSON`. */
  readonly secret: { readonly data: string };
  readonly isQuestion?: boolean;
  readonly poll?: PollFacts;
}

/** Converts the records of a device for storage: message secrets are put into chunks. */
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

/** Resolves to the stored secrets, one record each, for another gateway or installation. */
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
