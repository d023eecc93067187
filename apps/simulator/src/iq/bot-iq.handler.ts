import type { IqHandler } from '../iq-contract.js';
import { element } from '../stanza/stanza.js';

/** The list of bots; the simulated WhatsApp has none. */
export const botIqHandler: IqHandler = () => ({
  result: [element('bot', { v: '2' }, [element('section', { type: 'all', name: 'All' }, [])])]
});
