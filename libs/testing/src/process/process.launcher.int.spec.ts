import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awaitCondition } from '../condition.js';
import { findFreePort } from '../network/free-port-finder.js';
import { createTempFolder, type TempFolder } from '../temp-folder.js';
import { launchProcess } from './process.launcher.js';

describe('a launched process', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = createTempFolder();
  });
  afterEach(() => folder.remove());

  function program(source: string): string {
    const main = join(folder.path, 'main.mjs');
    writeFileSync(main, source);
    return main;
  }
  const SERVER = `import http from 'node:http'; let ready = false; setTimeout(() => (ready = true), 100);
    http.createServer((_, answer) => answer.writeHead(ready ? 200 : 503).end()).listen(process.env.PORT);
    process.on('SIGTERM', () => { console.log('stopping in order'); process.exit(0); }); console.log('hello ' + process.env.WHO);`;

  it('waits for readiness, passes the environment, stops in order', async () => {
    const port = await findFreePort();
    const readyUrl = `http://127.0.0.1:${port}/health/ready`;
    await using launched = await launchProcess({
      name: 'server',
      main: program(SERVER),
      env: { PORT: String(port), WHO: 'world' },
      readyUrl
    });
    expect((await fetch(readyUrl)).status).toBe(200);
    expect(launched.lines).toContain('hello world');
    const stopping = launched.awaitLine(line => line === 'stopping in order');
    expect(await launched.stop()).toEqual({ code: 0, signal: null });
    await stopping;
  });

  it('fails with its last lines if it ends before it is ready', async () => {
    const main = program(`console.error('no such database'); process.exit(3);`);
    await expect(launchProcess({ name: 'broken', main, readyUrl: 'http://127.0.0.1:1/' })).rejects.toThrow(
      /broken ended before it was ready: {"code":3.*\nno such database/s
    );
  });

  it('can be frozen, thawed and killed', async () => {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}/`;
    await using launched = await launchProcess({ name: 'server', main: program(SERVER), env: { PORT: String(port) }, readyUrl: url });
    launched.pause();
    await expect(fetch(url, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
    launched.resume();
    await awaitCondition(
      async () => (await fetch(url)).status,
      status => status === 200
    );
    expect(await launched.kill()).toEqual({ code: null, signal: 'SIGKILL' });
    expect(launched.running).toBe(false);
  });
});
