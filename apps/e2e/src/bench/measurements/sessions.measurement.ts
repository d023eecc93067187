import { ratios, type Measured } from '../bench.figures.js';
import { alternate, receiveLoad, roundSize } from '../load-round.js';
import type { BenchOptions } from '../measurement.js';
import { createContacts } from '../bench-pair.js';
import { ConnectorTarget } from '../targets/connector-target.js';

const FEW = 10;
const WARMING_MESSAGES = 3;

/**
 * Measures whether the cost of a message is independent of the number of sessions:
 * two connectors, one with few and one with many, each with load on all.
 */
async function* measure({ sessions, rounds, seconds, ...options }: BenchOptions): AsyncGenerator<Measured> {
  await using few = await ConnectorTarget.start();
  await using many = await ConnectorTarget.start({ profileFolder: options.profileFolder });
  await few.pair(Math.min(FEW, sessions));
  await many.pair(sessions);
  for (const target of [few, many]) await target.stopEdge();
  const contacts = new Map([
    [few, await createContacts(few.simulator, 1)],
    [many, await createContacts(many.simulator, 1)]
  ]);
  const receive = (target: ConnectorTarget, messages: number) =>
    receiveLoad(target.simulator, target, {
      phoneNumbers: target.phoneNumbers,
      contacts: contacts.get(target)!,
      messagesEach: Math.ceil(messages / target.phoneNumbers.length)
    });
  const trials = [await receive(many, WARMING_MESSAGES * sessions), await receive(few, WARMING_MESSAGES * sessions)];
  const messages = roundSize(seconds, ...trials);
  const { ours, theirs } = await alternate(
    rounds,
    () => receive(many, messages),
    () => receive(few, messages)
  );
  const cpu = { many: ours.map(cost => cost.cpuMsPerMessage), few: theirs.map(cost => cost.cpuMsPerMessage) };
  const counts = { many: `${sessions} sessions`, few: `${few.phoneNumbers.length} sessions` };
  yield {
    figure: `CPU per message, ${counts.many} ÷ ${counts.few}`,
    unit: '×',
    samples: ratios(cpu.many, cpu.few),
    target: { atMost: 1.15 }
  };
  yield { figure: `CPU per message, ${counts.many}`, unit: 'ms', samples: cpu.many };
  yield { figure: `CPU per message, ${counts.few}`, unit: 'ms', samples: cpu.few };
  yield { figure: `rate, ${counts.many}`, unit: 'messages/s', samples: ours.map(cost => cost.perSecond) };
  yield { figure: `rate, ${counts.few}`, unit: 'messages/s', samples: theirs.map(cost => cost.perSecond) };
}

export const manySessions = { name: 'sessions', title: 'cost of an inbound message by number of sessions', measure };
