import { resendLimitOf } from '../messages/resend.limiter.js';
import type { ControlContext, OperationTable } from './control-context.js';

const MANY = { min: 0, max: 1_000_000 };
const WINDOW = { min: 1, max: 86_400_000 };

/** Operations that limit and report the messages that devices resend. */
export function resendOperations({ world, directory }: ControlContext): Pick<OperationTable, 'setResends' | 'resends'> {
  const limit = resendLimitOf(world);
  return {
    setResends(fields) {
      limit.terms.perChat = fields.optionalInteger('perChat', MANY) ?? limit.terms.perChat;
      limit.terms.windowMs = fields.optionalInteger('windowMs', WINDOW) ?? limit.terms.windowMs;
      return { ...limit.terms };
    },

    resends(fields) {
      const account = directory.account(fields.string('phoneNumber'));
      if (fields.optionalBoolean('unlock')) limit.unlock(account);
      return limit.report(account);
    }
  };
}
