import { fileURLToPath } from 'node:url';
import { createTempFolder, findFreePort, launchProcess, type LaunchedProcess, type RunningSimulator } from '@wabus/testing';
import type { StockLaunch, StockOperations } from '../stock/stock.protocol.js';
import { LoadTarget, type SendOrder, type Usage } from './load-target.js';

const MAIN = fileURLToPath(new URL('../stock/stock-socket.js', import.meta.url));

/** A process with stock Baileys sockets, one per account. */
export class StockTarget extends LoadTarget {
  readonly name = 'stock';
  readonly phoneNumbers: string[] = [];

  private constructor(
    private readonly url: string,
    private readonly process: LaunchedProcess,
    private readonly removeFolder: () => void
  ) {
    super();
  }

  /** Starts the process without any socket. If `folder` is given, it uses the credentials that an earlier process saved there. */
  static async start(simulator: RunningSimulator, folder?: string): Promise<StockTarget> {
    const own = folder === undefined ? createTempFolder('stock') : null;
    const launch: StockLaunch = {
      port: await findFreePort(),
      simulatorUrl: simulator.url,
      simulatorControlUrl: simulator.controlUrl,
      folder: folder ?? own!.path
    };
    const process = await launchProcess({
      name: 'stock sockets',
      main: MAIN,
      args: [JSON.stringify(launch)],
      // As Node.js runs by default: source maps make every stack trace more expensive.
      nodeArgs: ['--no-enable-source-maps']
    });
    await process.awaitLine(line => line === 'ready');
    return new StockTarget(`http://127.0.0.1:${launch.port}`, process, () => own?.remove());
  }

  async open(phoneNumbers: readonly string[]): Promise<void> {
    await this.ask('open', { phoneNumbers: [...phoneNumbers] });
    this.phoneNumbers.push(...phoneNumbers);
  }

  /** See {@link StockOperations.save}. */
  async save(): Promise<void> {
    await this.ask('save', {});
  }

  usage(): Promise<Usage> {
    return this.ask('usage', {});
  }

  async send({ phoneNumber, jid, messages, parallel }: SendOrder): Promise<void> {
    await this.ask('send', { phoneNumber, jid, messages, parallel });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.removeFolder();
  }

  private async ask<K extends keyof StockOperations>(
    operation: K,
    args: Parameters<StockOperations[K]>[0]
  ): Promise<ReturnType<StockOperations[K]>> {
    const response = await fetch(`${this.url}/${operation}`, { method: 'POST', body: JSON.stringify(args) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`stock sockets could not ${operation}: ${JSON.stringify(answer)}`);
    return answer as ReturnType<StockOperations[K]>;
  }
}
