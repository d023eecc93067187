import type { IqHandler } from '../iq-contract.js';
import { element } from '../stanza/stanza.js';

/** Feature switches ("AB props"); none of those that Baileys reads (10518, 9666, 14303) is set, so its defaults hold. */
export const propsIqHandler: IqHandler = () => ({
  result: [element('props', { protocol: '1', ab_key: 'simulator', hash: 'simulator-1', refresh: 86_400, refresh_id: 1 }, [])]
});
