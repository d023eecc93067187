import { fileURLToPath } from 'node:url';
import { createTempFolder, findFreePort, launchProcess } from '@wabus/testing';
import type { Measured } from '../bench.figures.js';
import type { BenchOptions } from '../measurement.js';

const MAIN = fileURLToPath(new URL('../../../../../tools/start.mjs', import.meta.url));
const START_LIMIT_MS = 120_000;

/** Measures from nothing but files to "ready": the demo, which is `npm start` and a simulator, with a data folder from an earlier run. */
async function* measure({ rounds }: BenchOptions): AsyncGenerator<Measured> {
  using folder = createTempFolder('bench-start');
  const startAndStop = async (): Promise<number> => {
    const port = String(await findFreePort());
    const startedAt = performance.now();
    await using process = await launchProcess({ name: 'start', main: MAIN, args: ['--demo', '--data', folder.path, '--port', port] });
    await process.awaitLine(line => line.includes('is ready after'), START_LIMIT_MS);
    return (performance.now() - startedAt) / 1_000;
  };
  const first = await startAndStop();
  const later: number[] = [];
  for (let round = 0; round < rounds; round++) later.push(await startAndStop());
  yield { figure: 'start of everything, later times', unit: 's', samples: later, target: { atMost: 3 } };
  yield { figure: 'start of everything, first time, installed and built', unit: 's', samples: [first] };
}

export const startOfEverything = { name: 'start', title: 'start of everything', measure };
