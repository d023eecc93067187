import type { FaultScenario } from '../../faults/fault.scenario.js';
import type { ConnectorFleet } from '../../faults/connector-fleet.js';
import { oneWayFaults } from '../../faults/one-way-faults.table.js';
import { figure, type ChaosFigure } from '../chaos.figures.js';
import { measureEdgePartition } from './edge-partition.measurement.js';

/** How long a link to WhatsApp loses one direction. */
const WHATSAPP_MS = 60_000;

/** Makes every link lose one direction, and then the other, during normal operation. Resolves with the figures and the faults. */
export async function measurePartitions(
  scenario: FaultScenario,
  fleet: ConnectorFleet
): Promise<{ figures: ChaosFigure[]; faults: string[] }> {
  const figures: ChaosFigure[] = [];
  const faults: string[] = [];
  for (const only of ['out', 'in'] as const) {
    faults.push(...(await oneWayFaults.fromNats(fleet, only)));
    faults.push(...(await oneWayFaults.fromWhatsApp(fleet, only, WHATSAPP_MS)));
    const surroundings = {
      wabus: scenario.wabus,
      sessions: scenario.accounts.keys(),
      writeTo: (session: string) => scenario.writeTo(session),
      jid: scenario.contactJid
    };
    const { faults: ofEdge, noticedMs, recoveredMs, messages } = await measureEdgePartition(surroundings, only);
    const name = only === 'out' ? 'one-way loss, edge to NATS' : 'one-way loss, NATS to edge';
    figures.push(
      figure(name, { noticedMs, recoveredMs, messages, faults: ofEdge.length }, { noticedMs: 40_000, recoveredMs: 30_000, faults: 0 })
    );
    faults.push(...ofEdge.map(fault => `${name}: ${fault}`));
  }
  return { figures, faults };
}
