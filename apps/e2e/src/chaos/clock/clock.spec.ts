import { ClockScenario } from './clock.measurement.js';

test('clock changes stall nothing and move no session', async () => {
  await using scenario = await ClockScenario.start(2);
  for (const [name, offsetMs] of [
    ['one hour back', -3_600_000],
    ['one day ahead', 86_400_000],
    ['to the right time', 0]
  ] as const) {
    const { faults, tookMs } = await scenario.step(name, offsetMs);
    expect(faults).toEqual([]);
    expect(Object.keys(tookMs)).toEqual(expect.arrayContaining(['webhooks', 'commands of edge 1', 'QR code', 'takeover']));
  }
}, 120_000);
