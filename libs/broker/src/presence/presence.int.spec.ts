import { awaitCondition } from '@wabus/testing';
import { BrokerFixture } from '../testing/broker.fixture.js';

describe('presence on NATS', () => {
  it('reports present, nobody and silent', async () => {
    const fixture = await BrokerFixture.launch();
    try {
      const there = (await fixture.open()).presence;
      const asking = (await fixture.open()).presence;
      const announcement = await there.announce('c1-abc');
      expect(await asking.ask('c1-abc', 500)).toBe('present');
      expect(await asking.ask('c1-old', 500)).toBe('nobody');
      await announcement.withdraw();
      await awaitCondition(
        () => asking.ask('c1-abc', 500),
        answer => answer === 'nobody'
      );
      await fixture.server.pause();
      expect(await asking.ask('c1-abc', 100)).toBe('silent');
      await fixture.server.resume();
      await fixture.server.kill();
      await awaitCondition(
        () => asking.ask('c1-abc', 100),
        answer => answer === 'silent'
      );
    } finally {
      await fixture.close();
    }
  });
});
