import type { ProxyDirection } from '@wabus/testing';
import type { ConnectorFleet } from './connector-fleet.js';

/** Faults of links on which bytes flow in one direction only. Each returns the breaches of ownership. */
export const oneWayFaults = {
  /** `out`: NATS receives nothing from the connector; `in`: the connector receives nothing from NATS. */
  async fromNats(fleet: ConnectorFleet, only: ProxyDirection): Promise<string[]> {
    const { scenario } = fleet;
    const [victim, other] = await fleet.pair();
    const { nats } = scenario.wabus.links.get(victim)!;
    const name = only === 'out' ? 'connector to NATS' : 'NATS to connector';
    const since = Date.now();
    nats.hole(only);
    const during = await scenario.recovered({ fault: `one-way loss, ${name}`, since, connectors: [other], waitMs: 60_000 });
    const healed = Date.now();
    nats.pass();
    await scenario.awaitShares(victim, other);
    const after = { fault: `one-way loss healed, ${name}`, since: healed, connectors: fleet.ids };
    return [...during, ...(await scenario.recovered(after))];
  },

  /** A session cannot move in the meantime: its owner must detect the fault and reconnect. */
  async fromWhatsApp(fleet: ConnectorFleet, only: ProxyDirection, forMs: number): Promise<string[]> {
    const { scenario } = fleet;
    const [victim] = await fleet.pair();
    const { whatsapp } = scenario.wabus.links.get(victim)!;
    whatsapp.hole(only);
    await new Promise(resolve => setTimeout(resolve, forMs));
    const since = Date.now();
    whatsapp.pass();
    const name = only === 'out' ? 'connector to WhatsApp' : 'WhatsApp to connector';
    return scenario.recovered({
      fault: `one-way loss of ${forMs / 1_000} s healed, ${name}`,
      since,
      connectors: fleet.ids,
      waitMs: 90_000
    });
  }
};
