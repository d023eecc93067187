import type { Withheld, WithheldReason } from '@wabus/contracts';
import type { BinaryNode, WAMessageKey } from '@whiskeysockets/baileys';
import {
  getBinaryNodeChild,
  isHostedLidUser,
  isHostedPnUser,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isLidUser,
  isPnUser
} from '../baileys.js';

/** What WhatsApp says of a message that it keeps from linked devices (whatsmeow `events.UnavailableType`, Baileys `messages-recv`). */
const UNAVAILABLE: Readonly<Record<string, WithheldReason>> = {
  view_once: 'view-once',
  view_once_unavailable_fanout: 'view-once',
  hosted_unavailable_fanout: 'hosted',
  bot_unavailable_fanout: 'bot'
};

/** Other servers in jids (WhatsApp Web's `WAJids`): `interop` and `msgr` are services that WhatsApp exchanges messages with. */
const SERVERS: Readonly<Record<string, WithheldReason>> = { bot: 'bot', interop: 'other-service', msgr: 'other-service' };

const IS_KNOWN = [isPnUser, isLidUser, isHostedPnUser, isHostedLidUser, isJidGroup, isJidBroadcast, isJidNewsletter];
const FORMER_SERVER = /@c\.us$/;

/** What WhatsApp says with a stanza instead of the content of its message; `null` when it says nothing. */
export function saidOf(stanza: BinaryNode): Withheld | null {
  const unavailable = getBinaryNodeChild(stanza, 'unavailable');
  if (!unavailable) return null;
  const reason = UNAVAILABLE[unavailable.attrs['type'] ?? ''];
  return reason ? { reason, final: true } : { reason: 'absent', final: false };
}

/** Why no event came of a stanza with a message; `null` when that is as it should be: its event came before. */
export function whyWithout(stanza: BinaryNode, isReadable: boolean): Withheld | null {
  const said = saidOf(stanza);
  // The phone is not asked for messages that are older than two weeks.
  if (said) return said.final ? said : { reason: 'expired', final: true };
  if (getBinaryNodeChild(stanza, 'enc')?.attrs['type'] === 'msmsg') return { reason: 'bot', final: true };
  if (isReadable) return null;
  const from = stanza.attrs['from'] ?? '';
  if (IS_KNOWN.some(isOne => isOne(from))) return { reason: 'malformed', final: true };
  return { reason: SERVERS[from.slice(from.lastIndexOf('@') + 1)] ?? 'unknown-sender', final: true };
}

/** The key of a message that Baileys cannot make one of; `null` without an id or a sender. */
export function plainKey({ attrs }: BinaryNode): WAMessageKey | null {
  const { id, from, participant } = attrs;
  return id && from ? { remoteJid: from, fromMe: false, id, ...(participant ? { participant } : {}) } : null;
}

/** Puts the current server instead of the previous one, which means the same (whatsmeow `types.LegacyUserServer`) and Baileys does not know. */
export function renameFormerServer({ attrs }: BinaryNode): void {
  for (const name of ['from', 'participant', 'recipient']) {
    const jid = attrs[name];
    if (jid !== undefined && FORMER_SERVER.test(jid)) attrs[name] = jid.replace(FORMER_SERVER, '@s.whatsapp.net');
  }
}
