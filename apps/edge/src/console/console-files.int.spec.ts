import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTempFolder } from '@wabus/testing';
import express from 'express';
import { serveConsole } from './console-files.js';

test('no file stands for an address of the edge', async () => {
  using folder = createTempFolder('console');
  for (const name of ['index.html', 'metrics', 'icon.svg']) writeFileSync(join(folder.path, name), name);
  const server = express()
    .use(serveConsole(folder.path)!)
    .use((_, response) => void response.status(404).end())
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const statusOf = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect(await Promise.all(['/icon.svg', '/metrics', '/api/sessions', '/assets/gone.js'].map(statusOf))).toEqual([200, 404, 404, 404]);
  server.closeAllConnections();
  server.close();
});
