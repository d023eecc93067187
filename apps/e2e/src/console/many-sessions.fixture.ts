import { connect } from '@nats-io/transport-node';
import { NOTHING_OBSERVED, recordKey, REGISTRY_BUCKET, statusKey, type SessionId, type SessionStatusRecord } from '@wabus/contracts';

const MANY = 200;
/** The states of the first sessions; all others are stopped. */
const TROUBLES: readonly SessionStatusRecord['state'][] = ['failed', 'failed', 'failed', 'logged-out', 'logged-out', 'logged-out'];

const REFUSED = {
  code: 403,
  reason: 'forbidden',
  message: 'WhatsApp has blocked this account.',
  willReconnect: false,
  nextAttemptAt: null
};

/** Returns the ids of `count` sessions, starting with number `from`. */
export function shops(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `shop-${digitsOf(from + index)}`);
}

/**
 * Writes two hundred sessions into the registry, `shop-000` to `shop-199`, as their last owner left them: WhatsApp refused three and logged three
 * out; the others are stopped. The connector that takes them over connects none of them.
 */
export async function registerShops(natsUrl: string): Promise<void> {
  const nats = await connect({ servers: natsUrl });
  const at = new Date().toISOString();
  const put = (key: string, value: object): Promise<unknown> => nats.request(`$KV.${REGISTRY_BUCKET}.${key}`, JSON.stringify(value));
  await Promise.all(
    shops(0, MANY).map(async (id, index) => {
      const session = id as SessionId;
      const account = { id: `15557000${digitsOf(index)}@s.whatsapp.net`, lid: null, name: `Shop ${index}`, platform: 'android' };
      const state = TROUBLES[index] ?? 'stopped';
      const desired = state === 'stopped' ? 'stopped' : 'running';
      const status: SessionStatusRecord = {
        ...NOTHING_OBSERVED,
        session,
        state,
        lastDisconnect: state === 'failed' ? { ...REFUSED, at } : null,
        account,
        connector: null,
        epoch: 1,
        updatedAt: at,
        recordAt: at,
        qr: null,
        pairingCode: null
      };
      await put(statusKey(session), status);
      await put(recordKey(session), { session, desired, generation: 1, createdAt: at, updatedAt: at });
    })
  );
  await nats.close();
}

function digitsOf(index: number): string {
  return String(index).padStart(3, '0');
}
