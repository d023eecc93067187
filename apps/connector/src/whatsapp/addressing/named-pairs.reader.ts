import { pairOf, type JidPair } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** Attributes that contain the two jids of one person, at any depth of a stanza (whatsmeow message.go, group.go, notification.go, call.go; zapo). */
const NAMED: readonly (readonly [person: string, ...others: string[]])[] = [
  ['participant', 'participant_pn', 'participant_lid'],
  ['recipient', 'peer_recipient_pn', 'peer_recipient_lid'],
  ['jid', 'phone_number', 'pn_jid', 'lid'],
  ['creator', 'creator_pn'],
  ['s_o', 's_o_pn'],
  ['call-creator', 'caller_pn']
];
/** These refer to `from` unless the stanza has a `participant`. */
const OF_SENDER = ['sender_pn', 'sender_lid'];
/** The members of a group in an answer are at the third level. */
const MAX_DEPTH = 5;

/** Returns the pairs of phone number and LID in a stanza, without duplicates. */
export function pairsIn(stanza: BinaryNode): JidPair[] {
  const pairs = new Map<string, JidPair>();
  const take = (first: string | undefined, second: string | undefined): void => {
    const pair = pairOf(first, second);
    if (pair) pairs.set(`${pair.pn} ${pair.lid}`, pair);
  };
  const { from, participant } = stanza.attrs;
  for (const name of OF_SENDER) if (!participant) take(from, stanza.attrs[name]);
  const walk = ({ attrs, content }: BinaryNode, depth: number): void => {
    for (const [person, ...others] of NAMED) for (const other of others) take(attrs[person], attrs[other]);
    if (depth < MAX_DEPTH && Array.isArray(content)) for (const child of content) walk(child, depth + 1);
  };
  walk(stanza, 0);
  return [...pairs.values()];
}
