import type { LaunchedProcess } from '@wabus/testing';
import type { FaultScenario } from './fault.scenario.js';

/** The connectors of a scenario by id, which are started and ended. */
export class ConnectorFleet {
  private readonly running: Map<string, LaunchedProcess>;
  private started = 0;

  /** Includes the connectors that are running already. */
  constructor(readonly scenario: FaultScenario) {
    this.running = new Map(scenario.wabus.connectors.map((connector, i) => [`c${i + 1}`, connector]));
  }

  get ids(): string[] {
    return [...this.running.keys()];
  }

  /** Starts a connector with a new id and resolves once it is ready. */
  async add(): Promise<string> {
    const id = `n${++this.started}`;
    this.running.set(id, await this.scenario.wabus.startConnector(id));
    return id;
  }

  process(id: string): LaunchedProcess {
    const connector = this.running.get(id);
    if (!connector) throw new Error(`connector ${id} does not run`);
    return connector;
  }

  /** Ends a connector: gracefully by SIGTERM, or by SIGKILL. */
  async end(id: string, how: 'stop' | 'kill'): Promise<void> {
    const connector = this.process(id);
    this.running.delete(id);
    await connector[how]();
  }

  /** Returns two connectors that share the sessions, the older one first. */
  async pair(): Promise<[string, string]> {
    while (this.running.size < 2) await this.add();
    await this.scenario.awaitShares(...this.ids);
    return this.ids as [string, string];
  }
}
