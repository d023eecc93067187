import { awaitCondition } from '@wabus/testing';
import type { ConnectorFleet } from './connector-fleet.js';

/** How a link is cut: bytes vanish, or connections are refused. */
export type Cut = 'hole' | 'reset';

/** Functions that each inject one fault into a fleet, wait for the recovery and return the breaches of ownership, of which there should be none. */
export const connectorFaults = {
  async twoStartAtOnce(fleet: ConnectorFleet): Promise<string[]> {
    for (const id of fleet.ids) await fleet.end(id, 'stop');
    const since = Date.now();
    await Promise.all([fleet.add(), fleet.add()]);
    return fleet.scenario.recovered({ fault: 'two connectors starting at once', since, connectors: fleet.ids });
  },

  async killed(fleet: ConnectorFleet): Promise<string[]> {
    const [victim, other] = await fleet.pair();
    const since = Date.now();
    await fleet.end(victim, 'kill');
    return fleet.scenario.recovered({ fault: 'SIGKILL of a connector', since, connectors: [other] });
  },

  /** `onWay` is called with one of the connector's sessions while the connector is frozen. */
  async frozen(fleet: ConnectorFleet, onWay: (session: string) => Promise<void> = () => Promise.resolve()): Promise<string[]> {
    const { scenario } = fleet;
    const [victim, other] = await fleet.pair();
    const [session] = await scenario.sessionsOf(victim);
    const since = Date.now();
    fleet.process(victim).pause();
    try {
      await onWay(session!);
      await scenario.recovered({ fault: 'SIGSTOP for longer than the lease', since, connectors: [other] });
    } finally {
      fleet.process(victim).resume();
    }
    const woken = Date.now();
    await scenario.awaitShares(victim, other);
    return scenario.recovered({ fault: 'SIGCONT, with sessions shared again', since: woken, connectors: fleet.ids });
  },

  async cutFromNats(fleet: ConnectorFleet, how: Cut): Promise<string[]> {
    const { scenario } = fleet;
    const [victim, other] = await fleet.pair();
    const { nats } = scenario.wabus.links.get(victim)!;
    const since = Date.now();
    nats[how]();
    await scenario.recovered({ fault: `link to NATS cut (${how})`, since, connectors: [other] });
    const healed = Date.now();
    nats.pass();
    await scenario.awaitShares(victim, other);
    return scenario.recovered({ fault: `link to NATS healed (${how}), with sessions shared again`, since: healed, connectors: fleet.ids });
  },

  async cutFromWhatsApp(fleet: ConnectorFleet): Promise<string[]> {
    const { scenario } = fleet;
    await fleet.pair();
    const links = fleet.ids.map(id => scenario.wabus.links.get(id)!.whatsapp);
    for (const link of links) link.reset();
    await awaitCondition(
      async () => (await scenario.facts(fleet.ids)).sessions,
      sessions => sessions.every(({ status }) => status.state !== 'open'),
      { what: 'every session noticing that WhatsApp is gone' }
    );
    const since = Date.now();
    for (const link of links) link.pass();
    return scenario.recovered({ fault: 'links to WhatsApp cut and healed', since, connectors: fleet.ids });
  },

  async natsRestarted(fleet: ConnectorFleet): Promise<string[]> {
    await fleet.pair();
    const since = Date.now();
    await fleet.scenario.wabus.nats.restart();
    return fleet.scenario.recovered({ fault: 'NATS restarted', since, connectors: fleet.ids });
  },

  async joinsAndLeaves(fleet: ConnectorFleet): Promise<string[]> {
    const [leaving] = await fleet.pair();
    await fleet.end(leaving, 'stop');
    for (let time = 1; time <= 10; time++) {
      const id = await fleet.add();
      await fleet.scenario.awaitShares(...fleet.ids);
      if (time < 10) await fleet.end(id, 'stop');
    }
    const since = Date.now();
    await fleet.end(fleet.ids.at(-1)!, 'stop');
    return fleet.scenario.recovered({ fault: 'the tenth time of joining and leaving', since, connectors: fleet.ids });
  }
};
