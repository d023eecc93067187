// @ts-check
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';
import { natsServerSources, searchNatsServer } from './nats-server.search.mjs';
import { downloadRelease } from './release.download.mjs';
import { releaseArchive } from './release.table.mjs';
import { probeServer } from './remote-server.probe.mjs';

/** @type {string} */
let folder;
/** @type {string[]} */
let lines;
const startStep = () => {
  const end = (/** @type {string} */ mark) => (/** @type {string | undefined} */ text) => void lines.push(`${mark} ${text}`);
  return { update: () => undefined, done: end('+'), fail: end('x'), skip: end('-'), warn: end('!'), drop: () => undefined };
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wabus-search-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Creates a program that reports the given version like a nats-server.
 * @param {string} path
 * @param {string} version
 */
function placeBinary(path, version) {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "nats-server: v${version}"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The sources on this machine only. */
const localSources = () => natsServerSources({ env: { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') } }).slice(0, 2);

describe('the search for a nats-server', () => {
  it('searches PATH, cache, release, Debian and Docker in order', () => {
    const names = natsServerSources({ env: { XDG_CACHE_HOME: '/c' } }).map(source => source.name);
    expect(names).toEqual(['on the PATH', 'in the cache /c/wabus', 'official release 2.14.0', "Debian's package", 'Docker']);
  });

  it('searches nowhere else if a server is named', async () => {
    const sources = natsServerSources({ env: { WABUS_NATS_URL: 'nats://127.0.0.1:1' } });
    expect(sources.map(source => source.name)).toEqual(['WABUS_NATS_URL']);
    await expect(searchNatsServer(sources, startStep)).rejects.toThrow(/WABUS_NATS_URL: nats:\/\/127.0.0.1:1 cannot be reached/);
  });

  it('ignores the named server if a binary is needed', () => {
    const names = natsServerSources({ env: { WABUS_NATS_URL: 'nats://127.0.0.1:1' }, binaryOnly: true }).map(source => source.name);
    expect(names).not.toContain('WABUS_NATS_URL');
    expect(names).not.toContain('Docker');
  });

  it('prefers the PATH to the cache', async () => {
    const path = placeBinary(join(folder, 'bin', 'nats-server'), '2.12.0');
    placeBinary(join(folder, 'cache', 'wabus', 'nats-server-2.15.0', 'nats-server'), '2.15.0');
    expect(await searchNatsServer(localSources(), startStep)).toEqual({ kind: 'binary', path, version: '2.12.0' });
  });

  it('skips a binary that is too old and takes the newest', async () => {
    placeBinary(join(folder, 'bin', 'nats-server'), '2.10.27');
    const path = placeBinary(join(folder, 'cache', 'wabus', 'nats-server-2.14.0', 'nats-server'), '2.14.0');
    placeBinary(join(folder, 'cache', 'wabus', 'nats-server-2.12.9', 'nats-server'), '2.12.9');
    const broken = placeBinary(join(folder, 'cache', 'wabus', 'nats-server-2.16.0', 'nats-server'), '2.16.0');
    writeFileSync(broken, '#!/bin/sh\nexit 1\n');
    expect(await searchNatsServer(localSources(), startStep)).toEqual({ kind: 'binary', path, version: '2.14.0' });
    expect(lines[0]).toMatch(/^- nats-server: on the PATH: .*2\.10\.27, older than 2\.12\.0$/);
  });

  it('lists everything that was tried, why it failed, what to do', async () => {
    const sources = [
      { name: 'first', find: async () => null },
      { name: 'second', find: () => Promise.reject(new Error('closed network')) }
    ];
    const failure = await searchNatsServer(sources, startStep).catch((/** @type {Error} */ error) => error.message);
    expect(failure).toMatch(/1\. first: none\n {2}2\. second: closed network\nWhat to do: /);
    expect(lines).toEqual(['- nats-server: second: closed network']);
  });

  it('offers no download without a pinned checksum', async () => {
    const release = natsServerSources({ env: {}, platform: 'sunos-sparc' }).find(source => source.name.startsWith('official release'));
    await expect(release?.find(() => undefined)).rejects.toThrow(/no pinned checksum for sunos-sparc/);
  });
});

describe('the download of a release', () => {
  /** @type {Buffer} */
  let archive;
  /** @type {import('node:http').Server} */
  let server;
  let baseUrl = '';

  beforeEach(async () => {
    placeBinary(join(folder, 'release-1', 'nats-server'), '2.14.0');
    await runCommand('tar', ['-czf', join(folder, 'release.tar.gz'), '-C', folder, 'release-1']);
    archive = readFileSync(join(folder, 'release.tar.gz'));
    server = createServer((request, response) => {
      response.writeHead(request.url === '/release.tar.gz' ? 200 : 404).end(archive);
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('listens on a port');
    baseUrl = `http://127.0.0.1:${address.port}`;
  });
  afterEach(() => new Promise(resolve => server.close(resolve)));

  it('is stored in the cache if the checksum matches', async () => {
    const sha256 = createHash('sha256').update(archive).digest('hex');
    const kept = await downloadRelease({ url: `${baseUrl}/release.tar.gz`, folder: 'release-1', sha256 }, join(folder, 'cache'));
    expect(kept).toEqual({ path: join(folder, 'cache', 'nats-server-2.14.0', 'nats-server'), version: '2.14.0' });
    expect(readdirSync(join(folder, 'cache'))).toEqual(['nats-server-2.14.0']);
  });

  it('is refused on a wrong checksum, and the cache stays empty', async () => {
    const wanted = { url: `${baseUrl}/release.tar.gz`, folder: 'release-1', sha256: 'f'.repeat(64) };
    await expect(downloadRelease(wanted, join(folder, 'cache'))).rejects.toThrow(/checksum mismatch .* refused/);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  it('fails with one line if the file does not exist', async () => {
    const wanted = { url: `${baseUrl}/other.tar.gz`, folder: 'release-1', sha256: 'f'.repeat(64) };
    await expect(downloadRelease(wanted, join(folder, 'cache'))).rejects.toThrow(/^cannot download .*: HTTP 404$/);
  });

  it('uses the archive name of the release', () => {
    expect(releaseArchive('darwin-arm64')?.url).toBe(
      'https://github.com/nats-io/nats-server/releases/download/v2.14.0/nats-server-v2.14.0-darwin-arm64.tar.gz'
    );
  });
});

describe('a named server', () => {
  /**
   * @param {string} greeting
   * @param {(url: string) => Promise<void>} use
   */
  async function withServer(greeting, use) {
    const server = createTcpServer(socket => {
      socket.on('error', () => undefined);
      socket.end(greeting);
    }).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('listens on a port');
    try {
      await use(`nats://user:secret@127.0.0.1:${address.port}`);
    } finally {
      await new Promise(resolve => server.close(resolve));
    }
  }

  it('is accepted by the version in its greeting', () =>
    withServer('INFO {"version":"2.14.0","jetstream":true}\r\n', async url => {
      expect(await probeServer(`127.0.0.1:1,${url}`)).toBe('2.14.0');
    }));

  it.each([
    ['INFO {"version":"2.10.0","jetstream":true}\r\n', /older than/],
    ['INFO {"version":"2.14.0"}\r\n', /JetStream/],
    ['HTTP/1.1 400 Bad Request\r\n', /not a NATS server/]
  ])('is refused if it greets with %j, without its password', (greeting, reason) =>
    withServer(greeting, async url => {
      const failure = await probeServer(url).catch((/** @type {Error} */ error) => error.message);
      expect(failure).toMatch(reason);
      expect(failure).not.toContain('secret');
    })
  );
});
