import { appStateIqHandler } from '../app-state/app-state-iq.handler.js';
import { groupIqHandler } from '../groups/group-iq.handler.js';
import { emptyResult, type IqHandler } from '../iq-contract.js';
import { blocklistIqHandler } from './blocklist-iq.handler.js';
import { botIqHandler } from './bot-iq.handler.js';
import { businessIqHandler } from './business-iq.handler.js';
import { catalogIqHandler, orderIqHandler } from './catalog-iq.handler.js';
import { mediaConnIqHandler } from './media-conn-iq.handler.js';
import { mexIqHandler } from './mex-iq.handler.js';
import { newsletterIqHandler } from './newsletter-iq.handler.js';
import { pictureIqHandler } from './picture-iq.handler.js';
import { privacyIqHandler } from './privacy-iq.handler.js';
import { disappearingModeIqHandler, statusIqHandler } from './profile-iq.handler.js';
import { propsIqHandler } from './props-iq.handler.js';
import { usyncIqHandler } from './usync-iq.handler.js';

const acknowledge: IqHandler = () => emptyResult;

/** Who answers which iq, by `xmlns`. Every one that Baileys sends is here, except `encrypt` and `md`. */
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
  'urn:xmpp:whatsapp:dirty': acknowledge,
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
