import { ScriptedGateway } from '../gateway.fixture.js';

const body = (code: string, details?: object): object => ({ code, message: code, ...(details ? { details } : {}) });

describe('a link to an edge', () => {
  let gateway: ScriptedGateway;
  beforeEach(async () => {
    gateway = await ScriptedGateway.launch();
  });
  afterEach(() => gateway.close());

  test('reconnects after a loss, with a new token', async () => {
    let made = 0;
    const link = gateway.link(() => `token ${++made}`);
    link.open();
    await link.awaitConnection(5_000);
    const lost = new Promise(resolve => link.lost.add(resolve));
    await gateway.stop();
    await lost;
    await gateway.start();
    await link.awaitConnection(5_000);
    expect(gateway.handshakes.map(({ token }) => token)).toEqual(['token 1', 'token 2']);
  });

  test('retries at once with a new token if one has expired', async () => {
    let made = 0;
    gateway.refuse = ({ token }) => (token === 'token 1' ? body('UNAUTHORIZED', { reason: 'expired' }) : null);
    const link = gateway.link(async () => `token ${++made}`);
    link.open();
    await link.awaitConnection(5_000);
    expect(made).toBe(2);
  });

  test('reconnects after a token expires, not after it is revoked', async () => {
    const link = gateway.link(() => 'token');
    const ends: string[] = [];
    link.ended.add(({ code }) => ends.push(code));
    link.open();
    for (const reason of ['expired', 'revoked']) {
      await link.awaitConnection(5_000);
      const socket = gateway.socketOf(link.socket.id!);
      const lost = new Promise(resolve => link.lost.add(resolve));
      socket.emit('exception', body('UNAUTHORIZED', { reason }));
      socket.disconnect(true);
      await lost;
      expect(ends).toEqual(reason === 'expired' ? [] : ['UNAUTHORIZED']);
    }
    await expect(link.awaitConnection(5_000)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test('ends if the server refuses the token', async () => {
    gateway.refuse = () => body('UNAUTHORIZED');
    const link = gateway.link();
    link.open();
    await expect(link.awaitConnection(5_000)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(gateway.handshakes).toHaveLength(1);
  });

  test('continues if the server is full for now', async () => {
    let refusals = 0;
    gateway.refuse = () => (++refusals === 1 ? body('LIMIT_REACHED') : null);
    const link = gateway.link();
    link.open();
    await link.awaitConnection(5_000);
    expect(gateway.handshakes).toHaveLength(2);
  });

  test('continues if the token function fails', async () => {
    let made = 0;
    const failures: string[] = [];
    const link = gateway.link(() => {
      if (++made === 1) throw new Error('the issuer is away');
      return 'token';
    });
    link.attemptFailed.add(({ code }) => failures.push(code));
    link.open();
    await link.awaitConnection(5_000);
    expect(failures).toEqual(['TOKEN_UNAVAILABLE']);
  });

  test('reports that no server answers, and connects later', async () => {
    await gateway.stop();
    const link = gateway.link();
    link.open();
    await expect(link.awaitConnection(50)).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: true, certain: true });
    await gateway.start();
    await link.awaitConnection(5_000);
  });
});
