import { appStateIqHandler } from '../app-state/app-state-iq.handler.js';
import { groupIqHandler } from '../groups/group-iq.handler.js';
import { emptyResult, type IqHandler } from '../world/iq-request.js';
import { statusIqHandler } from './about-text.handler.js';
import { disappearingModeIqHandler, privacyIqHandler, usyncIqHandler } from './account-iq.table.js';
import { blocklistIqHandler } from './blocklist-iq.handler.js';
import { businessIqHandler, catalogIqHandler, orderIqHandler } from './business-iq.table.js';
import { mexIqHandler } from './mex-iq.handler.js';
import { pictureIqHandler } from './picture-iq.handler.js';
import { botIqHandler, dirtyIqHandler, mediaConnIqHandler, newsletterIqHandler, propsIqHandler } from './server-iq.table.js';

/**
 * Answers every iq that the connection does not answer itself. An unknown iq gets an empty
 * result: without a response, Baileys returns `undefined` after a minute and its callers crash.
 */
export const routeIq: IqHandler = request => {
  const handler = Object.hasOwn(iqTable, request.xmlns) ? iqTable[request.xmlns] : undefined;
  return handler ? handler(request) : emptyResult;
};

const acknowledge: IqHandler = () => emptyResult;

/** The handler of each iq, by `xmlns`. It contains every one that Baileys sends, except `encrypt` and `md`. */
export const iqTable: Readonly<Record<string, IqHandler>> = {
  abt: propsIqHandler,
  blocklist: blocklistIqHandler,
  bot: botIqHandler,
  disappearing_mode: disappearingModeIqHandler,
  'fb:thrift_iq': orderIqHandler,
  newsletter: newsletterIqHandler,
  passive: acknowledge,
  privacy: privacyIqHandler,
  status: statusIqHandler,
  'urn:xmpp:whatsapp:dirty': dirtyIqHandler,
  usync: usyncIqHandler,
  'w:biz': businessIqHandler,
  'w:biz:catalog': catalogIqHandler,
  'w:g2': groupIqHandler,
  'w:m': mediaConnIqHandler,
  'w:mex': mexIqHandler,
  'w:p': acknowledge,
  'w:profile:picture': pictureIqHandler,
  'w:stats': acknowledge,
  'w:sync:app:state': appStateIqHandler
};
