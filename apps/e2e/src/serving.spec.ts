import { EdgesFixture } from './bench/edges.fixture.js';
import { measureEdgeLoss } from './bench/edge-loss.measurement.js';
import { measureSlowClients } from './bench/slow-clients.measurement.js';

describe('serving many clients', () => {
  test('subscribers of a killed edge resume on another one', async () => {
    await using fixture = await EdgesFixture.start(2);
    const faults = await measureEdgeLoss(fixture, 20, 300);
    expect(faults).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 0 });
  }, 60_000);

  test('an edge does not grow if some clients do not read', async () => {
    await using fixture = await EdgesFixture.start(1, { WABUS_EDGE_WINDOW_BYTES: '4000000', WABUS_EDGE_CLIENT_BUFFER_BYTES: '262144' });
    const { growthMib, ...faults } = await measureSlowClients(fixture, 20, 4);
    expect(faults).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 0 });
    // Eight megabytes of events arrive in the second half; if the edge kept them for each client that does not read, they would be four times as much.
    expect(growthMib).toBeLessThan(24);
  }, 60_000);
});
