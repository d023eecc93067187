import { emptyResult, type IqHandler } from '../iq-contract.js';
import { iqTable } from './iq.table.js';

/**
 * Answers every iq that the connection does not answer itself. An unknown one gets an empty result: Baileys turns silence into
 * `undefined` after a minute and its callers crash on that.
 */
export const routeIq: IqHandler = request => {
  const handler = Object.hasOwn(iqTable, request.xmlns) ? iqTable[request.xmlns] : undefined;
  return handler ? handler(request) : emptyResult;
};
