import { WabusError, type MessageProgress } from '@wabus/contracts';
import { pino } from 'pino';
import type { ExpiringRecord } from '../../auth-state/auth-state.types.js';
import { SendProgressTracker } from './send-progress.tracker.js';

/** The records that outlive a connection: the newest of each id. A test sets how slowly they are read. */
class Records {
  readonly byId = new Map<string, ExpiringRecord>();
  reads = 0;
  gate: Promise<void> = Promise.resolve();
  unreadable = false;

  writeExpiring(record: ExpiringRecord): Promise<void> {
    this.byId.set(record.id, structuredClone(record));
    return Promise.resolve();
  }

  async readExpiring(_type: string, id: string): Promise<unknown> {
    this.reads++;
    await this.gate;
    if (this.unreadable) throw new WabusError('BROKER_UNAVAILABLE');
    return this.byId.get(id)?.value ?? null;
  }
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('the tracker of sent messages', () => {
  let records: Records;
  let emitted: MessageProgress[];
  const connection = () =>
    new SendProgressTracker({
      session: 'a',
      records,
      ttlMs: 5_000,
      emit: progress => emitted.push(progress),
      logger: pino({ enabled: false })
    });
  const send = (id: string, again = false) => ({ id, chat: '1@s.whatsapp.net', correlation: `of ${id}`, again });
  const stages = (id: string) => emitted.filter(progress => progress.id === id).map(({ stage }) => stage);

  beforeEach(() => {
    records = new Records();
    emitted = [];
  });

  test('passes the progress of a message to the next connection', async () => {
    const first = connection();
    await first.begin(send('A'));
    first.acked('A', null);
    await first.keep('A');
    first.received({ id: 'A', stage: 'delivered', at: null });
    expect(records.byId.get('A')).toMatchObject({ type: 'progress', ttlMs: 5_000 });
    const next = connection();
    next.received({ id: 'A', stage: 'delivered', at: null });
    next.received({ id: 'A', stage: 'read', at: null, participant: '2@lid' });
    await settled();
    expect(stages('A')).toEqual(['accepted', 'server-ack', 'delivered', 'read']);
    expect(emitted.at(-1)).toMatchObject({ correlation: 'of A', chat: '1@s.whatsapp.net', participant: '2@lid' });
  });

  test('keeps the order of receipts during a look-up', async () => {
    const first = connection();
    await first.begin(send('A'));
    await first.keep('A');
    let open = (): void => undefined;
    records.gate = new Promise(resolve => (open = resolve));
    const next = connection();
    for (const stage of ['delivered', 'read', 'played'] as const) next.received({ id: 'A', stage, at: null });
    await settled();
    expect(stages('A')).toEqual(['accepted']);
    open();
    await settled();
    expect(stages('A')).toEqual(['accepted', 'delivered', 'read', 'played']);
    expect(records.reads).toBe(1);
  });

  test('emits "accepted" once, even for a repeated command', async () => {
    const first = connection();
    await first.begin(send('A'));
    first.failed('A', new WabusError('TIMEOUT'));
    await first.begin(send('A', true));
    const next = connection();
    await next.begin({ ...send('A', true), correlation: 'another' });
    next.acked('A', null);
    expect(stages('A')).toEqual(['accepted', 'failed', 'server-ack']);
    expect(new Set(emitted.map(({ correlation }) => correlation))).toEqual(new Set(['of A']));
  });

  test('reads at most once for a message', async () => {
    const tracker = connection();
    await tracker.begin(send('A'));
    expect(records.reads).toBe(0);
    for (let i = 0; i < 3; i++) {
      tracker.received({ id: 'of the phone', stage: 'read', at: null });
      await settled();
    }
    tracker.acked('of Baileys', null);
    tracker.acked(undefined, null);
    expect(records.reads).toBe(1);
    expect(emitted.map(({ id }) => id)).toEqual(['A']);
  });

  test('reports the same error as the reply', async () => {
    const tracker = connection();
    await tracker.begin(send('A'));
    const error = new WabusError('REFUSED_BY_WHATSAPP', { details: { statusCode: 463 } });
    tracker.acked('A', error);
    tracker.failed('A', error);
    expect(stages('A')).toEqual(['accepted', 'failed']);
    expect(emitted.at(-1)!.error).toEqual(error.toBody());
  });

  test('rereads stored messages and survives unreadable records', async () => {
    const tracker = connection();
    for (let i = 0; i < 600; i++) {
      await tracker.begin(send(`M${i}`));
      await tracker.keep(`M${i}`);
    }
    records.unreadable = true;
    tracker.received({ id: 'M0', stage: 'delivered', at: null });
    await settled();
    expect(stages('M0')).toEqual(['accepted']);
    records.unreadable = false;
    tracker.received({ id: 'M0', stage: 'delivered', at: null });
    await settled();
    expect(stages('M0')).toEqual(['accepted', 'delivered']);
  });
});
