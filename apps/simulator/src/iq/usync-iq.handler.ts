import type { Account } from '../accounts/account.js';
import { SERVER_OF } from '../accounts/jid.js';
import type { IqHandler } from '../iq-contract.js';
import { child, children, element, requiredChild, secondsNow, textOf, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world.js';

/**
 * Answers `usync`, WhatsApp's look-up of users by phone number, jid, LID or name: for each user those of the asked protocols that there
 * is something to say about. Baileys asks it for device lists before every send, and for `onWhatsApp`, `fetchStatus` …
 */
export const usyncIqHandler: IqHandler = ({ world, stanza }) => {
  const usync = requiredChild(stanza, 'usync');
  const protocols = children(child(usync, 'query')).map(({ tag }) => tag);
  const users = children(child(usync, 'list'), 'user').map(user => answerUser(world, user, protocols));
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

function answerUser(world: World, user: Stanza, protocols: string[]): Stanza {
  const contact = child(user, 'contact');
  const phoneNumber = textOf(contact)?.replace(/^\+/, '');
  const askedJid = user.attrs['jid'] ?? child(user, 'lid')?.attrs['jid'];
  const account = phoneNumber === undefined ? world.accounts.resolve(askedJid)?.account : world.accounts.find(phoneNumber);
  const jid = askedJid ?? (phoneNumber === undefined ? undefined : `${phoneNumber}@${SERVER_OF.pn}`);
  const answers = protocols.flatMap(protocol => answerProtocol(protocol, account) ?? []);
  // A name nobody has comes without a jid, and Baileys leaves it out of its answer.
  return element('user', { jid }, answers);
}

function answerProtocol(protocol: string, account: Account | undefined): Stanza | undefined {
  if (protocol === 'contact') return element('contact', { type: account ? 'in' : 'out' });
  if (!account) return undefined;
  switch (protocol) {
    case 'devices':
      return devicesElement(account);
    case 'lid':
      return element('lid', { val: account.jid('lid') });
    case 'status':
      return element('status', { t: secondsNow() }, Buffer.from(account.status));
    case 'disappearing_mode':
      return element('disappearing_mode', { duration: account.disappearingModeSeconds, t: secondsNow() });
    case 'username':
      return element('username');
    default:
      return undefined;
  }
}

/** Device 0 is the phone and has no key index; a companion without one would be ignored. */
function devicesElement(account: Account): Stanza {
  const phone = account.advertisePhone ? [element('device', { id: 0 })] : [];
  const companions = account.companions().map(({ id, keyIndex }) => element('device', { id, 'key-index': keyIndex }));
  return element('devices', {}, [element('device-list', {}, [...phone, ...companions]), element('key-index-list', { ts: secondsNow() })]);
}
