import { awaitCondition, launchTcpProxy, type ProxyDirection } from '@wabus/testing';
import type { FaultScenario } from '../../faults/fault.scenario.js';

/** A request without a response after this time hangs. */
const HANG_MS = 45_000;
const WAIT_MS = 60_000;

export interface EdgePartitionResult {
  /** From the loss until the edge reports that it is not ready, in ms. */
  readonly noticedMs: number;
  /** From the end of the loss until the edge is ready and a command works, in ms. */
  readonly recoveredMs: number;
  readonly messages: number;
  readonly faults: readonly string[];
}

type Upsert = { messages: { key: { id: string } }[] };

/** Measures an edge that reaches NATS but gets no bytes back, or the other way round, while a client of it reads events. */
export async function measureEdgePartition({ wabus, ...scenario }: EdgeScenario, only: ProxyDirection): Promise<EdgePartitionResult> {
  await using proxy = await launchTcpProxy({ port: wabus.nats.port });
  const process = await wabus.startEdge(undefined, { env: { WABUS_NATS_URL: `nats://127.0.0.1:${proxy.port}` } });
  const edge = wabus.clients.at(-1)!;
  const faults: string[] = [];
  const ready = async (): Promise<{ status: number; text: string }> => {
    const response = await fetch(new URL('/health/ready', edge.url));
    return { status: response.status, text: await response.text() };
  };
  const events = await edge.connectEvents({ reconnection: true });
  try {
    await events.follow({ events: ['messages.upsert'] });
    const [session] = [...scenario.sessions] as [string];
    const written = [await scenario.writeTo(session)];
    const began = performance.now();
    proxy.hole(only);
    written.push(await scenario.writeTo(session));
    // A command at that moment must end, with an error that says what to do.
    const asked = await Promise.race([
      edge.post(`/api/sessions/${session}/messages`, { jid: scenario.jid, content: { text: 'into the hole' } }),
      new Promise<null>(resolve => setTimeout(() => resolve(null), HANG_MS).unref())
    ]);
    if (asked === null) faults.push('a command hung');
    else if (only === 'in' ? asked.status < 500 : asked.status < 400) faults.push(`a command was answered with ${asked.status}`);
    const notReady = await awaitCondition(ready, ({ status }) => status === 503, { waitMs: WAIT_MS, what: 'an edge that is not ready' });
    const noticedMs = Math.round(performance.now() - began);
    if (!/nats|broker/i.test(notReady.text)) faults.push(`health does not say why: ${notReady.text}`);
    written.push(await scenario.writeTo(session));
    const healedAt = performance.now();
    proxy.pass();
    await awaitCondition(ready, ({ status }) => status === 200, { waitMs: WAIT_MS, what: 'an edge that is ready again' });
    await awaitCondition(
      () => edge.post(`/api/sessions/${session}/messages`, { jid: scenario.jid, content: { text: 'after the hole' } }),
      ({ status }) => status === 200,
      { waitMs: WAIT_MS, what: 'a command after the loss' }
    );
    const recoveredMs = Math.round(performance.now() - healedAt);
    written.push(await scenario.writeTo(session));
    const ids = (): string[] => events.envelopes.flatMap(({ data }) => (data as Upsert).messages.map(({ key }) => key.id));
    await awaitCondition(ids, seen => written.every(id => seen.includes(id)), {
      waitMs: WAIT_MS,
      what: 'every message at the client'
    }).catch((error: unknown) => faults.push(String(error)));
    const doubled = written.filter(id => ids().filter(one => one === id).length > 1);
    if (doubled.length > 0) faults.push(`${doubled.length} messages arrived twice`);
    return { noticedMs, recoveredMs, messages: written.length, faults };
  } finally {
    events.close();
    await process.stop();
    wabus.clients.pop();
    wabus.edges.pop();
  }
}

/** The parts of a scenario that the measurement uses. */
export interface EdgeScenario {
  readonly wabus: FaultScenario['wabus'];
  readonly sessions: Iterable<string>;
  readonly writeTo: (session: string) => Promise<string>;
  /** The jid of a contact. */
  readonly jid: string;
}
