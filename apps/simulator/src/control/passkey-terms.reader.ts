import type { PasskeyFaults, PasskeyStep, PasskeyTerms } from '@wabus/testing';
import { ControlError, Fields } from './operation-fields.reader.js';

const STEPS: readonly PasskeyStep[] = ['options', 'ref', 'prologue', 'nonce', 'request'];
const FAULTS = [
  'refuse',
  'closeAt',
  'delay',
  'noContinuation',
  'badContinuation',
  'noPairSuccess'
] as const satisfies readonly (keyof PasskeyFaults)[];

/** Reads the fields of `setPasskey` that the request contains. @throws ControlError */
export function readPasskeyTerms(fields: Fields): Partial<PasskeyTerms> {
  return present({
    required: fields.optionalOneOf('required', ['never', 'always']),
    options: fields.optionalOneOf('options', ['in-notification', 'on-request', 'empty', 'oversized', 'not-json', 'refused', 'broken']),
    listCredential: fields.optionalBoolean('listCredential'),
    phoneConfirms: fields.optionalBoolean('phoneConfirms'),
    faults: fields.raw('faults') === undefined ? undefined : readFaults(fields.object('faults'))
  });
}

function readFaults(json: Record<string, unknown>): PasskeyFaults {
  const unknown = Object.keys(json).filter(name => !FAULTS.some(known => known === name));
  if (unknown.length > 0) throw new ControlError(`unknown passkey faults: ${unknown.join(', ')}`);
  const fields = new Fields(json);
  const part = <T>(name: string, read: (part: Fields) => T) =>
    json[name] === undefined ? undefined : read(new Fields(fields.object(name)));
  return present({
    refuse: part('refuse', refuse => ({ step: refuse.oneOf('step', STEPS), code: refuse.integer('code', { min: 300, max: 999 }) })),
    closeAt: fields.optionalOneOf('closeAt', STEPS),
    delay: part('delay', delay => ({ step: delay.oneOf('step', STEPS), ms: delay.integer('ms', { min: 0, max: 600_000 }) })),
    noContinuation: fields.optionalBoolean('noContinuation'),
    badContinuation: fields.optionalOneOf('badContinuation', ['short-key', 'short-nonce', 'garbage']),
    noPairSuccess: fields.optionalBoolean('noPairSuccess')
  });
}

function present<T extends object>(values: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
