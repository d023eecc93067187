import type { LaunchedProcess } from '@wabus/testing';
import type { StormFixture } from '../storm/storm.fixture.js';
import type { Build, ProcessKind, UpgradeStep } from './upgrade.schedule.js';

/** Folders of the two builds; `null` is the build that runs this code. */
export type Builds = Readonly<Record<Build, string | null>>;

/** The connectors and edges of a fixture, each running one of two builds. */
export class UpgradeCast {
  readonly replaced: Record<ProcessKind, number> = { connector: 0, edge: 0 };
  longestMs = 0;
  private readonly connectors: LaunchedProcess[];
  private readonly edges: LaunchedProcess[];
  private readonly ports: readonly number[];
  private readonly present = new Map<string, Build>();

  /** All processes begin with the old build. */
  constructor(
    private readonly fixture: StormFixture,
    private readonly builds: Builds
  ) {
    this.connectors = [...fixture.wabus.connectors];
    this.edges = [...fixture.wabus.edges];
    this.ports = fixture.edges.map(url => Number(new URL(url).port));
    for (const i of this.connectors.keys()) this.present.set(`connector ${i}`, 'old');
    for (const i of this.edges.keys()) this.present.set(`edge ${i}`, 'old');
  }

  /** Whether both builds are running. */
  get mixed(): boolean {
    return new Set(this.present.values()).size > 1;
  }

  /** Stops the processes of a step gracefully (SIGTERM), and restarts them with the other build. Resolves once they are ready. */
  async replace({ kind, indexes, to }: UpgradeStep): Promise<void> {
    const since = Date.now();
    const running = kind === 'connector' ? this.connectors : this.edges;
    await Promise.all(indexes.map(i => running[i]!.stop()));
    await Promise.all(
      indexes.map(async i => {
        running[i] = await this.start(kind, i, to);
        this.present.set(`${kind} ${i}`, to);
        this.replaced[kind]++;
      })
    );
    this.longestMs = Math.max(this.longestMs, Date.now() - since);
  }

  /** Starts a connector of the old build in addition to the new ones. Resolves with a complaint if it was not refused as required. */
  async refusal(raised: readonly string[]): Promise<string[]> {
    const outcome = await this.fixture.wabus.startConnector('late', this.builds.old).then(
      () => 'it started',
      (error: unknown) => String(error)
    );
    const [, stream = ''] = /Stream (\w+) has format \d+, and this release knows formats up to \d+/.exec(outcome) ?? [];
    return outcome.includes('"code":1') && raised.includes(stream) ? [] : [`an old connector was not refused: ${outcome}`];
  }

  private start(kind: ProcessKind, index: number, to: Build): Promise<LaunchedProcess> {
    const { wabus } = this.fixture;
    const build = this.builds[to];
    return kind === 'connector' ? wabus.startConnector(`c${index + 1}`, build) : wabus.startEdge(this.ports[index], { build });
  }
}
