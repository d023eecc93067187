import { launchProcess, type LaunchedProcess } from '../process/process.launcher.js';
import type { SimulatorReady } from './control-api.js';
import { createSimulatorClient, type SimulatorClient } from './simulator.client.js';

export interface SimulatorLaunch {
  /** Ports to listen on; default: free ones. */
  port?: number;
  controlPort?: number;
  /** A JSON file of accounts to register at start: `[{phoneNumber, name, advertisePhone}]`. */
  accountsFile?: string;
  /** Keeps accounts, linked devices and keys across restarts. */
  stateFile?: string;
  /** Keeps the root of the certificate chain across restarts. */
  rootKeyFile?: string;
  /** The default addressing of contacts' one-to-one messages. */
  addressing?: 'pn' | 'lid';
  /** Time limit until the simulator is ready, in ms. */
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
  /** Stops it in order; resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Starts the built simulator as a separate process and resolves when it listens. @throws Error with its last lines if it fails to start */
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
