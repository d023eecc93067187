import { setTimeout as delay } from 'node:timers/promises';
import { EVENT_STREAM } from '@wabus/contracts';
import type { LaunchedProcess } from '@wabus/testing';
import { killLeader } from '../../faults/kill-leader.js';
import type { WabusFixture } from '../../wabus.fixture.js';
import type { JournalFigures } from './journal.figures.js';
import type { FaultKind, StormFault } from './storm.schedule.js';

/** Injects faults into running processes, and restarts processes that it has killed. */
export class FaultInjector {
  readonly injected = new Map<FaultKind, number>();
  /** SIGKILLs of connectors, including those of outages. */
  connectorKills = 0;
  connectorStarts = 0;
  edgeStarts = 0;
  private readonly connectors: Map<string, LaunchedProcess | null>;
  private readonly edges: (LaunchedProcess | null)[];
  private readonly repairs = new Set<Promise<void>>();

  constructor(
    private readonly wabus: WabusFixture,
    private readonly journal: JournalFigures
  ) {
    this.connectors = new Map(wabus.connectors.map((connector, i) => [`c${i + 1}`, connector]));
    this.edges = [...wabus.edges];
  }

  /** Resolves once the fault is over; a killed connector or edge is restarted later, see `settle`. */
  async inject(fault: StormFault): Promise<void> {
    await delay(fault.delayMs);
    await this.causes[fault.kind](fault);
    this.injected.set(fault.kind, (this.injected.get(fault.kind) ?? 0) + 1);
  }

  /** Resolves once all processes run again. */
  async settle(): Promise<void> {
    while (this.repairs.size > 0) await Promise.all(this.repairs);
    for (const id of this.connectors.keys()) await this.journal.scrape(id);
  }

  private readonly causes: Record<FaultKind, (fault: StormFault) => Promise<void>> = {
    connector: async ({ pick, downMs }) => {
      const running = await this.running();
      await this.killConnector(running[Math.floor(pick * running.length)]!, downMs);
    },
    outage: async ({ downMs }) => {
      // A connector that is still starting would survive the outage.
      await Promise.all(this.repairs);
      await Promise.all((await this.running()).map(id => this.killConnector(id, downMs)));
      await delay(downMs);
    },
    nats: async ({ downMs }) => {
      await this.wabus.nats.kill();
      await delay(downMs);
      await this.wabus.nats.restart();
    },
    edge: async ({ pick, downMs }) => {
      const running = this.edges.flatMap((edge, i) => (edge ? [i] : []));
      const index = running[Math.floor(pick * running.length)];
      if (index === undefined) return;
      await this.edges[index]!.kill();
      this.edges[index] = null;
      this.repair(async () => {
        await delay(downMs);
        this.edges[index] = await this.untilStarted(() => this.wabus.startEdge(Number(new URL(this.wabus.clients[index]!.url).port)));
        this.edgeStarts++;
      });
    },
    whatsapp: ({ downMs }) => this.cutWhatsApp('reset', downMs),
    hole: ({ downMs }) => this.cutWhatsApp('hole', downMs),
    leader: async ({ downMs }) => {
      const node = await killLeader(this.wabus.cluster!, EVENT_STREAM);
      await delay(downMs);
      await node.restart();
    },
    stall: async ({ downMs }) => {
      await this.wabus.nats.pause();
      // Time to decrypt messages that no commit can store, and to reconnect.
      await delay(downMs / 3);
      await this.cutWhatsApp('reset', 0);
      await delay((downMs * 2) / 3);
      await this.wabus.nats.resume();
    }
  };

  private async cutWhatsApp(how: 'reset' | 'hole', downMs: number): Promise<void> {
    const links = [...this.wabus.links.values()].map(({ whatsapp }) => whatsapp);
    for (const link of links) link[how]();
    await delay(downMs);
    for (const link of links) link.pass();
  }

  private async running(): Promise<string[]> {
    for (;;) {
      const ids = [...this.connectors].flatMap(([id, connector]) => (connector ? [id] : []));
      if (ids.length > 0) return ids;
      await Promise.race(this.repairs);
    }
  }

  private async killConnector(id: string, downMs: number): Promise<void> {
    const connector = this.connectors.get(id)!;
    this.connectors.set(id, null);
    await this.journal.scrape(id);
    await connector.kill();
    this.connectorKills++;
    this.repair(async () => {
      await delay(downMs);
      this.connectors.set(id, await this.untilStarted(() => this.wabus.startConnector(id)));
      this.connectorStarts++;
      this.journal.started(id);
    });
  }

  /** Retries the start, because a process that starts while NATS is unavailable may exit. */
  private async untilStarted(start: () => Promise<LaunchedProcess>): Promise<LaunchedProcess> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await start();
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  private repair(work: () => Promise<void>): void {
    const repair = work().finally(() => this.repairs.delete(repair));
    // `settle` awaits the repair; until then a failure must not end the process.
    repair.catch(() => undefined);
    this.repairs.add(repair);
  }
}
