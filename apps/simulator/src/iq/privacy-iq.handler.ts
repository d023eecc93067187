import type { IqHandler } from '../iq-contract.js';
import { emptyResult } from '../iq-contract.js';
import { child, children, element } from '../stanza/stanza.js';
import { iqRefusal } from './iq-refusal.js';

/** Reads and changes privacy settings, and takes in the contact tokens that Baileys hands out with every first send (`<tokens>`). */
export const privacyIqHandler: IqHandler = ({ world, account, stanza, type, tag }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (tag !== 'privacy') return emptyResult;
  if (type === 'set') {
    for (const { attrs } of children(child(stanza, 'privacy'), 'category')) {
      if (attrs['name'] === undefined || attrs['value'] === undefined) return iqRefusal.badRequest;
      account.privacy.set(attrs['name'], attrs['value']);
    }
    world.events.emit('changed');
  }
  return {
    result: [
      element(
        'privacy',
        {},
        [...account.privacy].map(([name, value]) => element('category', { name, value }))
      )
    ]
  };
};
