import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SimulatorLog } from '../log.js';
import type { World } from '../world/world.js';
import { dumpAccount, restoreAccount, type AccountState } from './account-state.codec.js';

const FORMAT = 1;
/** Changes within this time are combined into one write. */
const SETTLE_MS = 200;

interface WorldState {
  format: typeof FORMAT;
  /** Written at an orderly stop: nothing happened afterwards. */
  clean: boolean;
  accounts: AccountState[];
}

/** Stores a world in a file (mode 0600, because it contains the phones' keys) across restarts. Groups and media are not stored. */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly log: SimulatorLog
  ) {}

  /**
   * Fills a world from the file, if there is one. After a crash the file may be older than the
   * phones' last messages, so their sessions are renewed. Rejects if the file is not a state file.
   */
  async load(world: World): Promise<void> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (err) {
      if ((err as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw err;
    }
    const state = JSON.parse(text) as Partial<WorldState>;
    if (state.format !== FORMAT || !Array.isArray(state.accounts)) throw new Error(`${this.path} is not a state of this simulator`);
    for (const each of state.accounts) {
      const account = restoreAccount(world, each);
      if (!state.clean) account.phone.distrustSessions();
    }
    this.log.info({ accounts: state.accounts.length, clean: state.clean === true }, 'state loaded');
  }

  /** Writes the file shortly after every change from now on. */
  follow(world: World): void {
    world.events.on('changed', () => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        void this.save(world, false);
      }, SETTLE_MS);
    });
    void this.save(world, false);
  }

  /** Writes the file at an orderly stop; resolves once it is on disk. */
  async close(world: World): Promise<void> {
    clearTimeout(this.timer);
    await this.save(world, true);
  }

  private save(world: World, clean: boolean): Promise<void> {
    this.writing = this.writing
      .then(async () => {
        const state: WorldState = { format: FORMAT, clean, accounts: world.accounts.all().map(dumpAccount) };
        await writeFile(`${this.path}.new`, JSON.stringify(state), { mode: 0o600 });
        await rename(`${this.path}.new`, this.path);
      })
      .catch((err: unknown) => this.log.warn({ err }, 'failed to save state'));
    return this.writing;
  }
}
