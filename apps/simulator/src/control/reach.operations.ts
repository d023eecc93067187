import type { ReachReport } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { announceLock, announceQuota, announceSalt, hasSalt, issueToken } from '../reach/reach-notices.js';
import { Fields } from './operation-fields.reader.js';
import type { ControlContext, OperationTable } from './control-context.js';

const DAY_S = 24 * 3_600;
const MANY = { min: 0, max: 1_000_000 };
const DURATION = { min: 1, max: 365 * DAY_S * 1_000 };

/** Operations that set and report to whom accounts may write. */
export function reachOperations({
  world,
  directory
}: ControlContext): Pick<OperationTable, 'setReach' | 'reach' | 'setReachTerms' | 'issueToken'> {
  const report = (account: Account): ReachReport => {
    const { reach } = account;
    const { total, used } = reach.quota;
    return {
      lock: reach.lock && { kind: reach.lock.kind, until: new Date(reach.lock.until).toISOString() },
      quota: { total, used, state: reach.quotaState },
      salt: hasSalt(world, account),
      toNobody: reach.toNobody,
      refused: reach.refused,
      tokens: Object.fromEntries(reach.tokens)
    };
  };
  return {
    async setReach(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      const announce = fields.optionalBoolean('announce') ?? true;
      const { reach } = account;
      const salt = fields.optionalBoolean('salt');
      if (fields.raw('lock') !== undefined) {
        const lock = fields.raw('lock') === null ? null : new Fields(fields.object('lock'));
        reach.lock = lock && { kind: lock.string('kind'), until: Date.now() + lock.integer('forMs', DURATION) };
        if (announce) announceLock(world, account);
      }
      if (fields.raw('quota') !== undefined) {
        const quota = new Fields(fields.object('quota'));
        const total = quota.integer('total', MANY);
        reach.quota = { ...reach.quota, total, used: quota.optionalInteger('used', MANY) ?? reach.quota.used };
        if (announce) announceQuota(world, account);
      }
      if (salt !== undefined) {
        reach.hasSalt = salt;
        if (announce) await announceSalt(world, account);
      }
      return report(account);
    },

    reach(fields) {
      return report(directory.account(fields.string('phoneNumber')));
    },

    setReachTerms(fields) {
      const terms = world.settings.reach;
      terms.salts = fields.optionalOneOf('salts', ['even', 'all', 'none']) ?? terms.salts;
      terms.nobodyUntilLock = fields.optionalInteger('nobodyUntilLock', MANY) ?? terms.nobodyUntilLock;
      terms.tokensInMessages = fields.optionalBoolean('tokensInMessages') ?? terms.tokensInMessages;
      return { ...terms };
    },

    issueToken(fields) {
      const ageS = (fields.optionalInteger('daysAgo', MANY) ?? 0) * DAY_S;
      const from = directory.account(fields.string('from'));
      issueToken(world, from, directory.account(fields.string('to')), Math.floor(Date.now() / 1_000) - ageS);
      return {};
    }
  };
}
