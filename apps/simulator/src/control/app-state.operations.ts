import { renewAppStateKey } from '../app-state/app-state-key.js';
import { appStateTermsOf } from '../app-state/app-state-terms.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** Operations on the synchronized state of accounts: refusals, and keys that devices do not have. */
export function appStateOperations({ world, directory }: ControlContext): Pick<OperationTable, 'setAppState' | 'renewAppStateKey'> {
  return {
    setAppState(fields) {
      const wanted = {
        refuse: fields.optionalInteger('refuse', { min: 0, max: 1_000_000 }),
        code: fields.optionalInteger('code', { min: 400, max: 599 }),
        refuseReads: fields.optionalInteger('refuseReads', { min: 0, max: 1_000_000 }),
        snapshots: fields.optionalOneOf('snapshots', ['valid', 'broken', 'none']),
        diverged: fields.optionalInteger('diverged', { min: 0, max: 1_000_000 }),
        forged: fields.optionalInteger('forged', { min: 0, max: 1_000_000 }),
        forgery: fields.optionalOneOf('forgery', ['code', 'value', 'repeated']),
        keys: fields.optionalOneOf('keys', ['given', 'lacking', 'silent']),
        recovery: fields.optionalOneOf('recovery', ['complete', 'empty', 'silent'])
      };
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      return appStateTermsOf(world).set(directory.account(fields.string('phoneNumber')), given);
    },

    renewAppStateKey(fields) {
      renewAppStateKey(directory.account(fields.string('phoneNumber')));
      return {};
    }
  };
}
