import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WabusClient } from '../wabus.client.js';

describe('a request without an answer', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer(request => request.resume().on('end', () => request.socket.destroy())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => server.close().closeAllConnections());

  const failure = (): Promise<unknown> =>
    new WabusClient({ url, token: 'a-token' })
      .request('/api/sessions', { method: 'POST', body: { session: 'sales' } })
      .catch((error: unknown) => error);

  test('may have had an effect if it was sent', async () => {
    expect(await failure()).toMatchObject({ code: 'UNREACHABLE', retryable: true, certain: false, details: { sent: 'perhaps' } });
  });

  test('had none if there was no connection', async () => {
    server.close().closeAllConnections();
    await once(server, 'close');
    expect(await failure()).toMatchObject({ code: 'UNREACHABLE', retryable: true, certain: true, details: { sent: 'no' } });
  });
});
