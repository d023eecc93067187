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

/** WhatsApp's reasons for withholding a message from linked devices (whatsmeow `events.UnavailableType`, Baileys `messages-recv`). */
const UNAVAILABLE: Readonly<Record<string, WithheldReason>> = {
  view_once: 'view-once',
  view_once_unavailable_fanout: 'view-once',
  hosted_unavailable_fanout: 'hosted',
  bot_unavailable_fanout: 'bot'
};

/** Other servers in jids (WhatsApp Web's `WAJids`): `interop` and `msgr` are services with which WhatsApp exchanges messages. */
const SERVERS: Readonly<Record<string, WithheldReason>> = { bot: 'bot', interop: 'other-service', msgr: 'other-service' };

const IS_KNOWN = [isPnUser, isLidUser, isHostedPnUser, isHostedLidUser, isJidGroup, isJidBroadcast, isJidNewsletter];
const FORMER_SERVER = /@c\.us$/;

/** Returns the reason that WhatsApp sent instead of the content of a message; `null` if there is none. */
export function saidOf(stanza: BinaryNode): Withheld | null {
  const unavailable = getBinaryNodeChild(stanza, 'unavailable');
  if (!unavailable) return null;
  const reason = UNAVAILABLE[unavailable.attrs['type'] ?? ''];
  return reason ? { reason, final: true } : { reason: 'absent', final: false };
}

/** Returns why a message stanza produced no event; `null` if that is correct, because its event was emitted before. */
export function whyWithout(stanza: BinaryNode, isReadable: boolean): Withheld | null {
  const said = saidOf(stanza);
  // Messages that are older than two weeks are not requested from the phone.
  if (said) return said.final ? said : { reason: 'expired', final: true };
  if (getBinaryNodeChild(stanza, 'enc')?.attrs['type'] === 'msmsg') return { reason: 'bot', final: true };
  if (isReadable) return null;
  const from = stanza.attrs['from'] ?? '';
  if (IS_KNOWN.some(isOne => isOne(from))) return { reason: 'malformed', final: true };
  return { reason: SERVERS[from.slice(from.lastIndexOf('@') + 1)] ?? 'unknown-sender', final: true };
}

/** Returns the key of a message for which Baileys cannot create one; `null` without an id or a sender. */
export function plainKey({ attrs }: BinaryNode): WAMessageKey | null {
  const { id, from, participant } = attrs;
  return id && from ? { remoteJid: from, fromMe: false, id, ...(participant ? { participant } : {}) } : null;
}

/** Replaces the former server in jids with the equivalent current one (whatsmeow `types.LegacyUserServer`); Baileys does not support the former one. */
export function renameFormerServer({ attrs }: BinaryNode): void {
  for (const name of ['from', 'participant', 'recipient']) {
    const jid = attrs[name];
    if (jid !== undefined && FORMER_SERVER.test(jid)) attrs[name] = jid.replace(FORMER_SERVER, '@s.whatsapp.net');
  }
}
