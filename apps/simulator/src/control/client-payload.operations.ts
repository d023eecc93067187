import { clientPayloadsOf } from '../connection/client-payload.ledger.js';
import type { ControlContext, OperationTable } from './control-context.js';

/** The operation that returns the payloads that clients sent about themselves. */
export function clientPayloadOperations({ world, directory }: ControlContext): Pick<OperationTable, 'clientPayloads'> {
  const ledger = clientPayloadsOf(world);
  return {
    clientPayloads(fields) {
      const name = fields.optionalString('phoneNumber');
      const phoneNumber = name === undefined ? null : directory.account(name).phoneNumber;
      return ledger.records.filter(record => phoneNumber === null || record.phoneNumber === phoneNumber);
    }
  };
}
