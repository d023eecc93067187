import type { Operation, Result } from '@wabus/testing';
import type { Fields } from './fields.js';

/** One handler per operation of the control contract: a missing or misnamed one does not compile. Handlers throw `ControlError`. */
export type OperationTable = { [K in Operation]: (fields: Fields) => Result<K> | Promise<Result<K>> };
