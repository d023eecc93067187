import { emptyResult, type IqHandler } from '../iq-contract.js';
import { child, children, element, requiredChild } from '../stanza/stanza.js';
import { businessesOf } from './business.registry.js';
import { iqRefusal } from './iq-refusal.js';

/** Reads and changes business profiles (`w:biz`). An account that never set one has none. */
export const businessIqHandler: IqHandler = ({ world, account, stanza, type, tag }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (tag !== 'business_profile') return emptyResult;
  const question = requiredChild(stanza, 'business_profile');
  if (type === 'set') {
    const { profile } = businessesOf(world).of(account);
    const tags = new Set(children(question).map(each => each.tag));
    for (const name of tags) profile.set(name, children(question, name));
    return emptyResult;
  }
  const jid = child(question, 'profile')?.attrs['jid'];
  const owner = world.accounts.resolve(jid)?.account;
  const business = owner && businessesOf(world).find(owner);
  const profiles = business ? [element('profile', { jid }, [...business.profile.values()].flat())] : [];
  return { result: [element('business_profile', { v: '244' }, profiles)] };
};
