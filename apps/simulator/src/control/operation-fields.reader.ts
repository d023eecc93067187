import type { Faults } from '@wabus/testing';

/** Thrown if a control request cannot be executed; its message is the response. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

const PHONE_NUMBER = /^\d{5,15}$/;
const MAX_WAIT_MS = 600_000;

/** Reads the arguments of one control request; every reader throws {@link ControlError} with the name of the invalid field. */
export class Fields {
  private readonly values: Record<string, unknown>;

  constructor(json: unknown) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new ControlError('the arguments must be a JSON object');
    this.values = json as Record<string, unknown>;
  }

  string(name: string): string {
    const value = this.values[name];
    if (typeof value !== 'string' || value === '') throw new ControlError(`${name} must be a string`);
    return value;
  }

  optionalString(name: string): string | undefined {
    return this.missing(name) ? undefined : this.string(name);
  }

  phoneNumber(name: string): string {
    const value = this.string(name);
    if (!PHONE_NUMBER.test(value)) throw new ControlError(`${name} must be a phone number: 5 to 15 digits`);
    return value;
  }

  optionalPhoneNumber(name: string): string | undefined {
    return this.missing(name) ? undefined : this.phoneNumber(name);
  }

  strings(name: string): string[] {
    const value = this.values[name];
    if (!Array.isArray(value) || value.some(each => typeof each !== 'string')) throw new ControlError(`${name} must be a list of strings`);
    return value as string[];
  }

  boolean(name: string): boolean {
    const value = this.values[name];
    if (typeof value !== 'boolean') throw new ControlError(`${name} must be true or false`);
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.missing(name) ? undefined : this.boolean(name);
  }

  /** Reads an integer from `min` to `max`. */
  integer(name: string, { min, max }: { min: number; max: number }): number {
    const value = this.values[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw new ControlError(`${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  optionalInteger(name: string, range: { min: number; max: number }): number | undefined {
    return this.missing(name) ? undefined : this.integer(name, range);
  }

  /** Reads `waitMs`, which is at most ten minutes. */
  waitMs(defaultMs: number): number {
    return this.optionalInteger('waitMs', { min: 0, max: MAX_WAIT_MS }) ?? defaultMs;
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.values[name];
    const choice = choices.find(each => each === value);
    if (choice === undefined) throw new ControlError(`${name} must be one of ${choices.join(', ')}`);
    return choice;
  }

  optionalOneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.missing(name) ? undefined : this.oneOf(name, choices);
  }

  object(name: string): Record<string, unknown> {
    const value = this.values[name];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ControlError(`${name} must be an object`);
    return value as Record<string, unknown>;
  }

  /** Returns a field unchecked. */
  raw(name: string): unknown {
    return this.values[name];
  }

  private missing(name: string): boolean {
    return this.values[name] === undefined || this.values[name] === null;
  }
}

const KNOWN = ['drop', 'delayMs', 'duplicate', 'silent', 'refuseUpgradeWith', 'refuseLoginWith', 'unanswered'] satisfies (keyof Faults)[];

/** Reads fault settings; throws `ControlError` on unknown names and invalid values. */
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
    refuseLoginWith: readRefusal(fields, json['refuseLoginWith']),
    unanswered: json['unanswered'] === undefined ? undefined : fields.strings('unanswered')
  };
  return Object.fromEntries(Object.entries(faults).filter(([, value]) => value !== undefined));
}

const REASONS = { min: 300, max: 999 };

function readRefusal(fields: Fields, value: unknown): Faults['refuseLoginWith'] {
  if (typeof value !== 'object' || value === null) return fields.optionalInteger('refuseLoginWith', REASONS);
  const attributes = fields.object('refuseLoginWith');
  if (Object.values(attributes).some(each => typeof each !== 'string' && typeof each !== 'number'))
    throw new ControlError('the attributes of refuseLoginWith must be strings or numbers');
  return { ...(attributes as Record<string, string | number>), reason: new Fields(attributes).integer('reason', REASONS) };
}

function readDrop(value: unknown): Faults['drop'] {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ControlError('drop must be a share from 0 to 1 or the tag of a stanza');
}
