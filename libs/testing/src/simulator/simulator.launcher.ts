import { launchProcess, type LaunchedProcess } from '../process/process.launcher.js';
import type { SimulatorReady } from './control-api.js';
import { createSimulatorClient, type SimulatorClient } from './simulator.client.js';

export interface SimulatorLaunch {
  /** Ports to listen on; free ones by default. */
  port?: number;
  controlPort?: number;
  /** A JSON file of accounts to register at start: `[{phoneNumber, name, advertisePhone}]`. */
  accountsFile?: string;
  /** Keeps accounts, linked devices and keys over restarts. */
  stateFile?: string;
  /** Keeps the root of the certificate chain over restarts. */
  rootKeyFile?: string;
  /** How one-to-one messages of contacts are addressed by default. */
  addressing?: 'pn' | 'lid';
  /** Limit for getting ready. */
  waitMs?: number;
}

/** A simulator in its own process. */
export interface RunningSimulator extends AsyncDisposable {
  /** For Baileys' `waWebSocketUrl`. */
  readonly url: string;
  readonly controlUrl: string;
  /** The public root key of the Noise certificate chain, base64. */
  readonly rootPublicKey: string;
  readonly control: SimulatorClient;
  readonly process: LaunchedProcess;
  /** Ends it in order; settles when the process is gone. */
  stop(): Promise<void>;
}

/** Starts the simulator (built) as a process of its own and settles when it listens. @throws Error with its last lines when it does not */
export async function launchSimulator(options: SimulatorLaunch = {}): Promise<RunningSimulator> {
  const process = await launchProcess({ name: 'simulator', main: 'simulator', args: argumentsFor(options) });
  try {
    const ready = JSON.parse(await process.awaitLine(line => line.startsWith('{"url"'), options.waitMs ?? 30_000)) as SimulatorReady;
    const stop = async () => {
      await process.stop();
    };
    return { ...ready, control: createSimulatorClient(ready.controlUrl), process, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await process.kill();
    throw error;
  }
}

function argumentsFor({ port, controlPort, accountsFile, stateFile, rootKeyFile, addressing }: SimulatorLaunch): string[] {
  const flags = {
    '--port': port,
    '--control-port': controlPort,
    '--accounts': accountsFile,
    '--state-file': stateFile,
    '--root-key-file': rootKeyFile,
    '--addressing': addressing
  };
  return Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]));
}
