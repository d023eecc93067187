import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition } from '@wabus/testing';
import { ratios, type Measured } from '../bench.figures.js';
import { alternate } from '../load-round.js';
import type { BenchOptions } from '../measurement.js';
import { BenchPair } from '../bench-pair.js';
import type { ConnectorTarget } from '../targets/connector-target.js';
import type { LoadTarget } from '../targets/load-target.js';

const PARALLEL = 8;
const TRIAL_MESSAGES = 20;
/** Phones confirm after a quarter of a second. */
const RECEIPTS_MS = 600;
const GROUP_CONTACTS = 3;

/** Measures sending: from the command, or the Baileys call, until the receivers' receipts are processed. */
async function* measure(options: BenchOptions): AsyncGenerator<Measured> {
  await using pair = await BenchPair.start(options, { sessions: 1, contacts: GROUP_CONTACTS });
  const { connector, stock, contacts } = pair;
  await connector.stopEdge();
  const groups = await pair.createGroups([...connector.phoneNumbers, ...stock.phoneNumbers]);
  const kinds = [
    { name: 'one-to-one', jidFor: () => `${contacts[0]}@s.whatsapp.net` },
    { name: `group of ${contacts.length + 1}`, jidFor: (target: LoadTarget) => groups.get(target.phoneNumbers[0]!)! }
  ];
  for (const { name, jidFor } of kinds) {
    const send = (target: LoadTarget, messages: number) => sendLoad(connector, target, { jid: jidFor(target), messages });
    const trials = [await send(connector, TRIAL_MESSAGES), await send(stock, TRIAL_MESSAGES)];
    const messages = Math.max(50, Math.round(options.seconds * Math.sqrt(trials[0]!.perSecond * trials[1]!.perSecond)));
    const { ours, theirs } = await alternate(
      options.rounds,
      () => send(connector, messages),
      () => send(stock, messages)
    );
    const cpu = { ours: ours.map(cost => cost.cpuMsPerMessage), theirs: theirs.map(cost => cost.cpuMsPerMessage) };
    yield { figure: `${name}: CPU per message, connector ÷ stock`, unit: '×', samples: ratios(cpu.ours, cpu.theirs) };
    yield { figure: `${name}: CPU per message, connector`, unit: 'ms', samples: cpu.ours };
    yield { figure: `${name}: CPU per message, stock`, unit: 'ms', samples: cpu.theirs };
    yield { figure: `${name}: rate, connector`, unit: 'messages/s', samples: ours.map(cost => cost.perSecond) };
    yield { figure: `${name}: rate, stock`, unit: 'messages/s', samples: theirs.map(cost => cost.perSecond) };
  }
}

async function sendLoad(
  connector: ConnectorTarget,
  target: LoadTarget,
  { jid, messages }: { jid: string; messages: number }
): Promise<{ perSecond: number; cpuMsPerMessage: number }> {
  const { control } = connector.simulator;
  const before = await target.usage();
  const { messagesFromDevices } = await control.stats();
  const startedAt = performance.now();
  await target.send({ phoneNumber: target.phoneNumbers[0]!, jid, messages, parallel: PARALLEL });
  // Stock does not wait for the server, so the rate is that of arrivals there.
  await awaitCondition(
    async () => (await control.stats()).messagesFromDevices - messagesFromDevices,
    arrived => arrived >= messages,
    { waitMs: 60_000, what: `${messages} messages at the simulator` }
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  await delay(RECEIPTS_MS);
  await awaitCondition(
    () => control.stats(),
    ({ unconfirmed }) => unconfirmed === 0,
    { waitMs: 60_000, what: 'receipts taken in' }
  );
  await connector.settled();
  const after = await target.usage();
  return { perSecond: messages / seconds, cpuMsPerMessage: (after.cpuMs - before.cpuMs) / messages };
}

export const outbound = { name: 'outbound', title: 'outbound messages of one session', measure };
