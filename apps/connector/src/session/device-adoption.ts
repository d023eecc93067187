import { RECORD_TYPES } from '@wabus/migrate';
import { pairOf, WabusError, type JidPair } from '@wabus/contracts';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';
import { publishLeft } from './unlink.js';
import type { SessionParts } from './session-parts.js';
import type { IncomingDevice } from './session-transfers.js';
import type { SessionRun } from './session-run.js';
import { isHalted } from './session.state.js';

/** Returns the stored credentials of a session; `null` if no account is linked. */
export async function linkedCredentials({ auth }: SessionParts): Promise<Record<string, unknown> | null> {
  const credentials = await auth.readCredentials();
  return credentials?.['account'] && (credentials['me'] as { id?: string } | undefined)?.id ? credentials : null;
}

/** Adopts a device while no socket is open. `run` is the current run of the session: it continues with the new device, or as before if that failed. */
export async function* adoptDevice(parts: SessionParts, run: SessionRun | null, device: IncomingDevice): AsyncGenerator<number, void> {
  const { auth, engine, inbox, status } = parts;
  const { state } = status.current;
  let adopted = false;
  try {
    await run?.closeSocket();
    await publishLeft(parts);
    const records = await engine.adopted(auth, device.records);
    const steps = auth.adopt({ credentials: engine.completed(device.credentials), records });
    for await (const stored of steps) yield stored;
    adopted = true;
    inbox?.forget();
    status.note({ account: device.account, snapshots: await auth.snapshots() });
    parts.events.emit(parts.lease, 'creds.update', device.credentials);
    for (const pair of broughtPairs(device.records)) parts.events.emit(parts.lease, 'lid-mapping.update', pair);
  } finally {
    if (run && !run.isOver && (adopted || !isHalted(state))) await run.restart();
  }
}

/** Returns the pairs of number and LID in an adopted device, which its events have to report. */
function broughtPairs(records: AdoptedDevice['records']): JidPair[] {
  return records
    .filter(({ type, id }) => type === 'lid-mapping' && !id.endsWith('_reverse'))
    .flatMap(({ id, value }) => pairOf(`${id}@s.whatsapp.net`, typeof value === 'string' ? `${value}@lid` : null) ?? []);
}

/** Returns everything that moves with a device. Throws `NOT_PAIRED`. */
export async function givenDevice(parts: SessionParts): Promise<AdoptedDevice> {
  const credentials = await linkedCredentials(parts);
  if (credentials === null) throw new WabusError('NOT_PAIRED');
  const records = await Promise.all([
    parts.engine.portable(parts.auth),
    ...RECORD_TYPES.map(async type => Object.entries(await parts.auth.listKeys(type)).map(([id, value]) => ({ type, id, value })))
  ]);
  return { credentials, records: records.flat() };
}
