import { openBroker, type Broker } from '@wabus/broker';
import { OWNERSHIP_BUCKET, type SessionId } from '@wabus/contracts';
import { launchNatsServer, type NatsServer } from '@wabus/testing';
import { DeviceClaims } from './device-claims.js';

const [A, B] = ['a', 'b'] as SessionId[] as [SessionId, SessionId];

describe('claims on devices', () => {
  let server: NatsServer;
  let broker: Broker;
  let claims: DeviceClaims;
  let devices = 0;
  const next = () => ({ account: '491511234567@s.whatsapp.net', device: ++devices });

  beforeAll(async () => {
    server = await launchNatsServer();
    broker = await openBroker({ connection: { servers: [server.url], name: 'test' }, buckets: [{ name: OWNERSHIP_BUCKET }] });
    claims = new DeviceClaims(broker.buckets);
  }, 60_000);
  afterAll(async () => {
    await broker?.close();
    await server?.stop();
  }, 30_000);

  it('succeed for only one of two simultaneous claims', async () => {
    for (let round = 0; round < 20; round++) {
      const device = next();
      const outcomes = await Promise.allSettled([claims.claim(A, device), claims.claim(B, device)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'ALREADY_PAIRED', details: { session: expect.stringMatching(/^[ab]$/) as string } }
      });
    }
  });

  it('can be renewed by their holder, also once settled', async () => {
    const device = next();
    await claims.claim(A, device);
    await claims.claim(A, device);
    await claims.settle(A, device);
    await expect(claims.claim(B, device)).rejects.toMatchObject({ code: 'ALREADY_PAIRED' });
  });

  it('are free once released, which only their holder can do', async () => {
    const device = next();
    await claims.claim(A, device);
    await claims.giveBack(B, device);
    await expect(claims.claim(B, device)).rejects.toMatchObject({ code: 'ALREADY_PAIRED' });
    await claims.giveBack(A, device);
    await claims.claim(B, device);
  });

  it('apply to one device of an account', async () => {
    await claims.claim(A, next());
    await claims.claim(B, next());
  });

  it('do not reveal the phone number', async () => {
    await claims.claim(A, next());
    const entries = await broker.buckets.bucket(OWNERSHIP_BUCKET).list('device.*');
    expect(entries.length).toBeGreaterThan(0);
    expect(JSON.stringify(entries.map(({ key }) => key))).not.toContain('49151');
  });
});
