import { setTimeout as delay } from 'node:timers/promises';
import { createTempFolder } from '@wabus/testing';
import { median, type Measured } from '../bench.figures.js';
import type { BenchOptions } from '../measurement.js';
import { createContacts } from '../bench-pair.js';
import { ConnectorTarget } from '../targets/connector-target.js';
import type { LoadTarget } from '../targets/load-target.js';
import { StockTarget } from '../targets/stock-target.js';

const FEW = 10;
const SETTLING_MS = 5_000;
const READINGS = 5;
const READING_EVERY_MS = 1_000;

/**
 * Measures how much resident memory one more idle session adds to a process that has logged in with
 * stored credentials, from few sessions to many. Both sides leave keys in storage until they are needed.
 */
async function* measure({ sessions, ...options }: BenchOptions): AsyncGenerator<Measured> {
  await using connector = await ConnectorTarget.start(options);
  const few = Math.min(FEW, Math.ceil(sessions / 2));
  await connector.pair(few);
  await connector.restart();
  const oursFew = await residentBytes(connector);
  await connector.pair(sessions - few);
  await connector.restart();
  const ours = (await residentBytes(connector)) - oursFew;

  using folder = createTempFolder('stock');
  const accounts = await createContacts(connector.simulator, sessions);
  {
    await using pairing = await StockTarget.start(connector.simulator, folder.path);
    await pairing.open(accounts);
    await pairing.save();
  }
  const theirs = (await residentOf(connector, folder.path, accounts)) - (await residentOf(connector, folder.path, accounts.slice(0, few)));
  const perSession = (bytes: number): number => bytes / (sessions - few) / 1024;
  yield {
    figure: `RSS per idle session, from ${few} to ${sessions}, connector ÷ stock`,
    unit: '×',
    samples: [ours / theirs],
    target: { atMost: 1.3 }
  };
  yield { figure: 'RSS per idle session, connector', unit: 'KB', samples: [perSession(ours)] };
  yield { figure: 'RSS per idle socket, stock', unit: 'KB', samples: [perSession(theirs)] };
}

async function residentOf(connector: ConnectorTarget, folder: string, accounts: readonly string[]): Promise<number> {
  await using stock = await StockTarget.start(connector.simulator, folder);
  await stock.open(accounts);
  return await residentBytes(stock);
}

async function residentBytes(target: LoadTarget): Promise<number> {
  await delay(SETTLING_MS);
  const readings: number[] = [];
  for (let i = 0; i < READINGS; i++) {
    readings.push((await target.usage()).rssBytes);
    await delay(READING_EVERY_MS);
  }
  return median(readings);
}

export const memory = { name: 'memory', title: 'memory of idle sessions', measure };
