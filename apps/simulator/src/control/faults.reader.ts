import type { Faults } from '@wabus/testing';
import { ControlError } from './control-error.js';
import { Fields } from './fields.js';

const KNOWN = ['drop', 'delayMs', 'duplicate', 'silent', 'refuseUpgradeWith', 'refuseLoginWith', 'unanswered'] satisfies (keyof Faults)[];

/** Reads fault settings; throws `ControlError` on unknown names and impossible values. */
export function readFaults(json: Record<string, unknown>): Faults {
  const unknown = Object.keys(json).filter(name => !KNOWN.some(known => known === name));
  if (unknown.length > 0) throw new ControlError(`unknown faults: ${unknown.join(', ')}`);
  const fields = new Fields(json);
  const faults: Faults = {
    drop: readDrop(json['drop']),
    delayMs: fields.optionalInteger('delayMs', { min: 0, max: 600_000 }),
    duplicate: fields.optionalBoolean('duplicate'),
    silent: fields.optionalBoolean('silent'),
    refuseUpgradeWith: fields.optionalInteger('refuseUpgradeWith', { min: 300, max: 599 }),
    refuseLoginWith: fields.optionalInteger('refuseLoginWith', { min: 300, max: 999 }),
    unanswered: json['unanswered'] === undefined ? undefined : fields.strings('unanswered')
  };
  return Object.fromEntries(Object.entries(faults).filter(([, value]) => value !== undefined));
}

function readDrop(value: unknown): Faults['drop'] {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ControlError('drop must be a share from 0 to 1 or the tag of a stanza');
}
