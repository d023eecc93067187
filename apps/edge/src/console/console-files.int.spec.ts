import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTempFolder } from '@wabus/testing';
import express from 'express';
import { serveConsole } from './console-files.js';

/** Returns content of a different size for each file, as compressed variants have: their validators are based on the size. */
const contentOf = (name: string): string => (name.endsWith('.gz') ? `${name} of gzip` : name);

/** Serves these files during the test. */
async function served(names: readonly string[], test: (url: string) => Promise<void>): Promise<void> {
  using folder = createTempFolder('console');
  mkdirSync(join(folder.path, 'assets'));
  for (const name of names) writeFileSync(join(folder.path, name), contentOf(name));
  const server = express()
    .use(serveConsole(folder.path)!)
    .use((_, response) => void response.status(404).end())
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('no file shadows a path of the edge', async () => {
  await served(['index.html', 'metrics', 'icon.svg'], async url => {
    const statusOf = async (path: string): Promise<number> => (await fetch(url + path)).status;
    expect(await Promise.all(['/icon.svg', '/metrics', '/api/sessions', '/assets/gone.js'].map(statusOf))).toEqual([200, 404, 404, 404]);
  });
});

test('files are compressed for clients that accept it', async () => {
  await served(['index.html', 'index.html.br', 'assets/a-1.js', 'assets/a-1.js.br', 'assets/a-1.js.gz', 'assets/b-2.css'], async url => {
    // Returns the files as transferred, because fetch would decompress them.
    const ask = async (
      path: string,
      headers: Record<string, string>
    ): Promise<{ head: IncomingHttpHeaders; status: number; body: string }> => {
      const sent = request(url + path, { headers });
      sent.end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      let body = '';
      for await (const part of response) body += String(part);
      return { head: response.headers, status: response.statusCode ?? 0, body };
    };
    const cases = [
      ['/assets/a-1.js', 'gzip, br', 'br', 'assets/a-1.js.br', 'text/javascript; charset=utf-8'],
      ['/assets/a-1.js', 'gzip', 'gzip', 'assets/a-1.js.gz of gzip', 'text/javascript; charset=utf-8'],
      ['/assets/a-1.js', 'identity', undefined, 'assets/a-1.js', 'text/javascript; charset=utf-8'],
      ['/assets/b-2.css', 'gzip, br', undefined, 'assets/b-2.css', 'text/css; charset=utf-8'],
      ['/sessions', 'gzip, br', 'br', 'index.html.br', 'text/html; charset=utf-8']
    ] as const;
    const tags = new Set<string>();
    for (const [path, accept, encoding, body, type] of cases) {
      const headers = { 'accept-encoding': accept, accept: 'text/html' };
      const answer = await ask(path, headers);
      expect([path, answer.status, answer.body]).toEqual([path, 200, body]);
      expect(answer.head).toMatchObject({ 'content-type': type, vary: expect.stringContaining('Accept-Encoding') as string });
      expect(answer.head['content-encoding']).toBe(encoding);
      expect(answer.head['cache-control']).toBe(path === '/sessions' ? 'no-cache' : 'public, max-age=31536000, immutable');
      tags.add(`${path} ${answer.head.etag}`);
      await expect(ask(path, { ...headers, 'if-none-match': answer.head.etag! })).resolves.toMatchObject({ status: 304 });
    }
    expect(tags.size).toBe(cases.length);
  });
});

test('a page may use the microphone, but no other device', async () => {
  using folder = createTempFolder('console');
  writeFileSync(join(folder.path, 'index.html'), 'page');
  const server = express().use(serveConsole(folder.path)!).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}/chats/sales`, { headers: { accept: 'text/html' } });
  expect(headers.get('permissions-policy')).toMatch(/^microphone=\(self\), camera=\(\), geolocation=\(\)/);
  server.closeAllConnections();
  server.close();
});
