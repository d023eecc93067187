import { historyLedgerOf } from '../history/history.ledger.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** Operations that set how an account's history reaches linked devices and report the outcome. */
export function historyOperations({ world, directory }: ControlContext): Pick<OperationTable, 'setHistory' | 'historyChunks'> {
  const ledger = historyLedgerOf(world);
  return {
    setHistory(fields) {
      const wanted = {
        uploaded: fields.optionalBoolean('uploaded'),
        missing: fields.optionalInteger('missing', { min: 0, max: 1_000 }),
        latencyMs: fields.optionalInteger('latencyMs', { min: 0, max: 600_000 }),
        recentChunks: fields.optionalInteger('recentChunks', { min: 1, max: 1_000 })
      };
      const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      return ledger.setTerms(directory.account(fields.string('phoneNumber')), given);
    },

    historyChunks(fields) {
      return ledger.chunksOf(directory.account(fields.string('phoneNumber')));
    }
  };
}
