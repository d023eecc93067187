import { parseArgs } from 'node:util';
import { figure, formatChaosFigure } from '../chaos/chaos.figures.js';
import { measureEdgeLoss } from './edge-loss.measurement.js';
import { EdgesFixture } from './edges.fixture.js';
import { measureFanOut } from './fan-out.measurement.js';
import { measureResume } from './resume.measurement.js';
import { measureSlowClients } from './slow-clients.measurement.js';

/** Measures the parts that serve clients one by one: `node apps/e2e/dist/bench/serving.measurement.js --only resume,fan-out --clients 1000`. */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'resume,loss,fan-out,slow' },
    clients: { type: 'string', default: '1000' },
    events: { type: 'string', default: '150' }
  }
});
const clients = Number(values.clients);
const NOTHING_WRONG = { lost: 0, duplicated: 0, outOfOrder: 0 };
const parts: Record<string, () => Promise<void>> = {
  resume: async () => {
    await using fixture = await EdgesFixture.start(1);
    // A warm-up, because a process that has just started still compiles its code.
    await measureResume(fixture, 5_000);
    for (const form of [{}, { batch: true }]) {
      const figures = await measureResume(fixture, 10_000, form);
      print(`resume of missed events ${JSON.stringify(form)}, at least 20,000 a second`, { ...figures }, { ...NOTHING_WRONG });
    }
  },
  loss: async () => {
    await using fixture = await EdgesFixture.start(2);
    print('an edge is killed under its subscribers', { ...(await measureEdgeLoss(fixture, 200, 1_000)) }, NOTHING_WRONG);
  },
  'fan-out': async () => {
    await using fixture = await EdgesFixture.start(1);
    print('fan-out against bare Socket.IO, at least 0.95 and in batches 10', {
      ...(await measureFanOut(fixture, clients, Number(values.events)))
    });
  },
  slow: async () => {
    await using fixture = await EdgesFixture.start(1, { WABUS_EDGE_WINDOW_BYTES: '8000000' });
    print(
      'a tenth of the clients do not read',
      { ...(await measureSlowClients(fixture, clients, clients / 10)) },
      { ...NOTHING_WRONG, growthMib: 40 }
    );
  }
};

function print(name: string, measured: Record<string, number | number[]>, target?: Record<string, number>): void {
  process.stdout.write(`${formatChaosFigure(figure(name, measured, target))}\n`);
}

for (const part of values.only.split(',')) await parts[part]!();
