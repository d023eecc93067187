import type { BinaryNode } from '@whiskeysockets/baileys';
import { isPerson, withTokens, type AttachableTokens } from './token-attachment.mapper.js';

const KNOWN = '1@s.whatsapp.net';
const STRANGER = '2@lid';
const ME = '9@s.whatsapp.net';
const tokens: AttachableTokens = {
  contact: jid => (jid.startsWith('1') ? node('tctoken', {}, Buffer.from('t')) : null),
  stranger: () => node('cstoken', {}, Buffer.from('c')),
  isOwn: jid => jid === ME
};

function node(tag: string, attrs: Record<string, string> = {}, content?: BinaryNode['content']): BinaryNode {
  return { tag, attrs, content };
}

/** Returns every token in a stanza, with the tag of its parent. */
function found({ tag, content }: BinaryNode): string[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap(child => (/token$|privacy/.test(child.tag) ? [`${tag}/${child.tag}`] : found(child)));
}
const attached = (stanza: BinaryNode) => found(withTokens(stanza, tokens));
const enc = node('enc', {}, Buffer.from('x'));
const aboutOf = (jid: string, protocol: string) =>
  node('iq', { xmlns: 'usync', type: 'get' }, [
    node('usync', {}, [node('query', {}, [node(protocol)]), node('list', {}, [node('user', { jid })])])
  ]);
const group = (change: string) =>
  node('iq', { xmlns: 'w:g2', type: 'set' }, [
    node(change, {}, [node('participant', { jid: KNOWN }), node('participant', { jid: STRANGER })])
  ]);
const picture = (target: string, type = 'get') =>
  node('iq', { xmlns: 'w:profile:picture', type, target }, [node('picture', { query: 'url' })]);

describe('tokens on outgoing stanzas', () => {
  test.each<[string, BinaryNode, string[]]>([
    ['a message to a contact', node('message', { to: KNOWN }, [enc]), ['message/tctoken']],
    ['a message to a stranger', node('message', { to: STRANGER }, [enc]), ['message/cstoken']],
    ['a repeated message to a device', node('message', { to: '1:3@s.whatsapp.net' }, [enc]), ['message/tctoken']],
    ['a message that has a token', node('message', { to: KNOWN }, [enc, node('tctoken')]), ['message/tctoken']],
    ['a message to own devices', node('message', { to: ME, category: 'peer' }, [enc]), []],
    ['a message to oneself', node('message', { to: ME }, [enc]), []],
    ['a message to a group', node('message', { to: '1@g.us' }, [enc]), []],
    ['a message to a bot', node('message', { to: '13135550002@s.whatsapp.net' }, [enc]), []],
    ['a subscription', node('presence', { type: 'subscribe', to: KNOWN }), ['presence/tctoken']],
    ['a subscription to a stranger', node('presence', { type: 'subscribe', to: STRANGER }), []],
    ['the own presence', node('presence', { type: 'available' }), []],
    ['a picture', picture(KNOWN), ['picture/tctoken']],
    ['setting a picture', picture(KNOWN, 'set'), []],
    ['the about text', aboutOf(KNOWN, 'status'), ['user/tctoken']],
    ['the devices', aboutOf(KNOWN, 'devices'), []],
    ['a new group', group('create'), ['participant/privacy']],
    ['adding people', group('add'), ['participant/privacy']],
    ['removing people', group('remove'), []],
    ['a call', node('call', { to: KNOWN }, [node('reject')]), []]
  ])('%s', (_what, stanza, expected) => {
    const before = JSON.stringify(stanza);
    expect(attached(stanza)).toEqual(expected);
    expect(JSON.stringify(stanza)).toBe(before);
  });

  test.each(['0@s.whatsapp.net', '1@g.us', 'status@broadcast', '1@newsletter', '1@bot'])('%s is not a person', jid => {
    expect(isPerson(jid)).toBe(false);
  });
});
