import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { awaitCondition, findFreePort } from '@wabus/testing';

/** The output of tools/debian/database.programs.mjs. */
interface Programs {
  readonly postgres: string;
  readonly redis: string;
  readonly sqlite: string;
  readonly libraries: string;
}

const run = promisify(execFile);
const NOBODY = 65_534;
const found = process.env['WABUS_TEST_DATABASES'];

/** Debian's programs; `null` if they are not available. */
export const DATABASE_PROGRAMS: Programs | null = found ? (JSON.parse(found) as Programs) : null;

/** A third-party server on loopback, in its own folder. `stop` ends it. */
export interface DatabaseServer {
  readonly url: string;
  /** Sends commands to the server's own client program. */
  feed(commands: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, which refuses to run as root; if the tests run as root, it runs as nobody. */
export async function launchPostgres({ postgres, libraries }: Programs): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-postgres-'));
  const isRoot = process.getuid?.() === 0;
  const as = { env: environment(libraries), ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}), cwd: folder };
  chmodSync(folder, 0o700);
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, 'data');
  await run(join(postgres, 'initdb'), ['-D', data, '-U', 'tester', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'], as);
  const port = await findFreePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', jit: 'off', shared_buffers: '16MB' };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(postgres, 'postgres'), ['-D', data, '-p', String(port), ...args], { ...as, stdio: 'ignore' });
  const url = `postgres://tester@127.0.0.1:${port}/postgres`;
  const psql = (commands: string) => fed(join(postgres, 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', url], commands, libraries);
  return launched({ server, url, feed: psql, alive: 'SELECT 1;', signal: 'SIGINT', folder });
}

export async function launchRedis({ redis, libraries }: Programs): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wabus-redis-'));
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = spawn(join(redis, 'redis-server'), args, { env: environment(libraries), stdio: 'ignore' });
  const cli = (commands: string) => fed(join(redis, 'redis-cli'), ['-h', '127.0.0.1', '-p', String(port), '--pipe'], commands, libraries);
  return launched({ server, url: `redis://127.0.0.1:${port}`, feed: cli, alive: redisCommand(['PING']), signal: 'SIGTERM', folder });
}

/** Runs `sqlite3` on a file, which it creates if it is missing. */
export function feedSqlite({ sqlite, libraries }: Programs, file: string, commands: string): Promise<void> {
  return fed(join(sqlite, 'sqlite3'), ['-bail', file], commands, libraries);
}

/** Encodes one command of Redis' protocol. */
export function redisCommand(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

interface Launch extends Pick<DatabaseServer, 'url' | 'feed'> {
  readonly server: ChildProcess;
  readonly alive: string;
  readonly signal: NodeJS.Signals;
  readonly folder: string;
}

async function launched({ server, url, feed, alive, signal, folder }: Launch): Promise<DatabaseServer> {
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill(signal);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const answers = () =>
    feed(alive).then(
      () => true,
      () => false
    );
  try {
    await awaitCondition(answers, Boolean, { waitMs: 20_000, what: `an answer of ${url}` });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, feed, stop };
}

async function fed(program: string, args: string[], commands: string, libraries: string): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'wabus-feed-')), 'commands');
  writeFileSync(file, commands, { mode: 0o600 });
  try {
    await run('sh', ['-c', 'exec "$0" "$@" < "$FEED"', program, ...args], {
      env: { ...environment(libraries), FEED: file },
      maxBuffer: 64 << 20
    });
  } finally {
    rmSync(join(file, '..'), { recursive: true, force: true });
  }
}

const environment = (libraries: string): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LD_LIBRARY_PATH: libraries, LC_ALL: 'C' });
