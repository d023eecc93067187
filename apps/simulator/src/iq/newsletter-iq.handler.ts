import type { IqHandler } from '../iq-contract.js';
import { element } from '../stanza/stanza.js';

/** How long live updates of a newsletter go on, in seconds. */
const LIVE_UPDATES_SECONDS = 300;

/** Answers questions to a newsletter: live updates are promised, its stored messages are none. */
export const newsletterIqHandler: IqHandler = ({ tag, to }) => {
  if (tag === 'live_updates') return { result: [element('live_updates', { duration: LIVE_UPDATES_SECONDS })] };
  return { result: [element(tag === '' ? 'messages' : tag, { jid: to }, [])] };
};
