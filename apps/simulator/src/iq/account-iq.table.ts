import { keyIndexList } from '../accounts/key-index-list.codec.js';
import type { Account } from '../accounts/account.js';
import type { Resolved } from '../accounts/accounts.registry.js';
import { HOSTED_DEVICE } from '../accounts/jid.js';
import { SERVER_JID, child, children, element, requiredChild, secondsNow, stanzaBytes, stanzaText, type Stanza } from '../stanza/stanza.js';
import { deviceAnnouncerOf } from '../messages/device-announcer.js';
import { noteToken } from '../reach/reach-gate.js';
import { issueToken } from '../reach/reach-notices.js';
import { emptyResult, iqRefusal, type IqAnswer, type IqHandler, type IqRequest } from '../world/iq-request.js';
import type { World } from '../world/world.js';
import { statusElement, textStatusElement } from './about-text.handler.js';

/**
 * Reads and changes privacy settings, and issues tokens: `<tokens>` permits each listed contact to write to the account. The response does not
 * contain the contact's token, which every message requests again (whatsapp-rust PR 966).
 */
export const privacyIqHandler: IqHandler = ({ world, account, stanza, type, tag }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (tag === 'tokens' && type === 'set') return issueTokens(world, account, requiredChild(stanza, 'tokens'));
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

function issueTokens(world: World, account: Account, tokens: Stanza): IqAnswer {
  for (const { attrs } of children(tokens, 'token')) {
    const holder = world.accounts.resolve(attrs['jid'])?.account;
    if (holder && holder !== account) issueToken(world, account, holder, Number(attrs['t']) || undefined);
  }
  return { result: [element('tokens')] };
}

/** Sets after how many seconds messages of new chats disappear, 0 for never; notifies the account's other devices. */
export const disappearingModeIqHandler: IqHandler = ({ world, account, device, stanza, type }) => {
  if (!account) return iqRefusal.notAuthorized;
  if (type === 'get') return { result: [disappearingModeElement(account)] };
  const seconds = Number(requiredChild(stanza, 'disappearing_mode').attrs['duration']);
  if (!Number.isInteger(seconds) || seconds < 0) return iqRefusal.badRequest;
  account.disappearingModeSeconds = seconds;
  world.deliverToAll(account, disappearingModeNotification(account), device);
  world.events.emit('changed');
  return emptyResult;
};

/** Returns the notification that one of the account's devices has set the default for disappearing messages. */
export function disappearingModeNotification(account: Account): Stanza {
  return element('notification', { from: SERVER_JID, type: 'account_sync' }, [disappearingModeElement(account)]);
}

function disappearingModeElement(account: Account): Stanza {
  return element('disappearing_mode', { duration: account.disappearingModeSeconds, t: secondsNow() });
}

/**
 * Answers `usync`, WhatsApp's look-up of users by phone number, jid, LID or username: for each user, those of the requested protocols for which the
 * simulator has data. Baileys uses it for device lists before every send, and for `onWhatsApp`, `fetchStatus` …
 */
export const usyncIqHandler: IqHandler = ({ world, account, stanza }) => {
  const usync = requiredChild(stanza, 'usync');
  const protocols = children(child(usync, 'query')).map(({ tag }) => tag);
  const asked = children(child(usync, 'list'), 'user');
  if (account && protocols.includes('status'))
    for (const user of asked) noteToken(account, 'about', world.accounts.resolve(user.attrs['jid'])?.account, user);
  const users = asked.map(user => answerUser({ world, account }, user, protocols));
  if (account && protocols.includes('devices')) {
    for (const { attrs } of asked) {
      const other = world.accounts.resolve(attrs['jid'])?.account;
      if (other) deviceAnnouncerOf(world).watch(account, other);
    }
  }
  const { sid, mode, context } = usync.attrs;
  return {
    result: [
      element('usync', { sid, mode, context, index: '0', last: 'true' }, [
        element(
          'result',
          {},
          protocols.map(protocol => element(protocol))
        ),
        element('list', {}, users)
      ])
    ]
  };
};

function answerUser({ world, account: asking }: Pick<IqRequest, 'world' | 'account'>, user: Stanza, protocols: string[]): Stanza {
  const contact = child(user, 'contact');
  // The contact may also be a jid, which whatsmeow's IsOnWhatsApp sends (user.go): "+49…@c.us".
  const phoneNumber = stanzaText(contact)
    ?.replace(/^\+/, '')
    .replace(/@(?:c\.us|s\.whatsapp\.net)$/, '');
  const askedJid = user.attrs['jid'] ?? child(user, 'lid')?.attrs['jid'];
  const found = phoneNumber === undefined ? world.accounts.resolve(askedJid) : resolvedNumber(world, phoneNumber);
  // Only the owner can resolve a hidden number.
  const account = found?.addressing === 'pn' && found.account.hidesNumber && found.account !== asking ? undefined : found?.account;
  // The response contains the canonical jid, or no jid if nobody has the number; it echoes the requested number (zapo c3d8eb0, 12c3827).
  const jid = askedJid ?? account?.jid('pn');
  const echo = stanzaBytes(contact);
  const answers = protocols.flatMap(protocol => answerProtocol(protocol, account, echo) ?? []);
  return element('user', { jid }, answers);
}

/** Resolves both spellings of Brazilian numbers from before the ninth digit was introduced. */
function resolvedNumber(world: World, phoneNumber: string): Pick<Resolved, 'account' | 'addressing'> | undefined {
  const short = /^(55\d\d)9(\d{8})$/.exec(phoneNumber);
  const account = world.accounts.find(phoneNumber) ?? (short ? world.accounts.find(`${short[1]}${short[2]}`) : undefined);
  return account && { account, addressing: 'pn' };
}

function answerProtocol(protocol: string, account: Account | undefined, echo: Buffer | undefined): Stanza | undefined {
  if (protocol === 'contact') return element('contact', { type: account ? 'in' : 'out' }, echo);
  if (!account) return undefined;
  switch (protocol) {
    case 'devices':
      return devicesElement(account);
    case 'lid':
      return account.lidHidden ? undefined : element('lid', { val: account.jid('lid') });
    case 'status':
      return statusElement(account);
    case 'text_status':
      return textStatusElement(account);
    case 'disappearing_mode':
      return element('disappearing_mode', { duration: account.disappearingModeSeconds, t: secondsNow() });
    case 'username':
      return element('username', {}, account.username);
    default:
      return undefined;
  }
}

/** Device 0 is the phone and has no key index; clients would ignore a companion without a key index. */
function devicesElement(account: Account): Stanza {
  const phone = account.advertisePhone ? [element('device', { id: 0 })] : [];
  const keyIndexes = keyIndexList(account);
  const companions = account
    .companions()
    .map(({ id, keyIndex }) => element('device', { id, 'key-index': keyIndex, is_hosted: id === HOSTED_DEVICE ? 'true' : undefined }));
  return element('devices', {}, [element('device-list', {}, [...phone, ...companions]), keyIndexes]);
}
