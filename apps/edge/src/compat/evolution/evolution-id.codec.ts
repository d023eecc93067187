import { chatJid } from '@wabus/contracts';
import { given, isJsonObject, objectOf, optionalFlag, optionalText, wrongField } from '../peer-fields.policy.js';
import { numberFirst, type KeyJson } from '../peer-messages.policy.js';

const HAS_SERVER = /@(s\.whatsapp\.net|c\.us|g\.us|lid|newsletter|broadcast)$/;
/** Ids of early groups contain the number of their founder. */
const OLD_GROUP = /^\d{5,20}-\d{8,12}$/;
/** No phone number has this many digits. */
const GROUP_DIGITS = 18;

/** Returns the jid for a `number` of Evolution API: a jid unchanged, or the digits of a phone number or of a group. */
export function jidOfNumber(text: string): string {
  const trimmed = text.trim();
  if (HAS_SERVER.test(trimmed)) return trimmed.replace(/@c\.us$/, '@s.whatsapp.net');
  if (OLD_GROUP.test(trimmed)) return `${trimmed}@g.us`;
  const digits = trimmed
    .replace(/[\s+().-]/g, '')
    .split(':')[0]!
    .split('@')[0]!;
  if (!/^\d+$/.test(digits)) return trimmed;
  return digits.length >= GROUP_DIGITS ? `${digits}@g.us` : `${digits}@s.whatsapp.net`;
}

/** Returns a key in the format of Evolution API: people by number if it is known, with the LID in addition. */
export function evolutionKey(key: KeyJson): Record<string, unknown> {
  const remoteJid = numberFirst(key.remoteJid, key.remoteJidAlt);
  const participant = key.participant === null ? undefined : numberFirst(key.participant, key.participantAlt);
  return given({
    remoteJid,
    remoteJidAlt: otherOf(remoteJid, key.remoteJid, key.remoteJidAlt),
    fromMe: key.fromMe,
    id: key.id,
    participant,
    participantAlt: participant === undefined ? undefined : otherOf(participant, key.participant, key.participantAlt)
  });
}

function otherOf(shown: string, ...jids: (string | null)[]): string | undefined {
  return jids.map(jid => jid && chatJid(jid)).find(jid => jid != null && jid !== shown) ?? undefined;
}

/** Parses a key from a program. If it names no chat, `jid` is its chat. */
export function keyIn(value: unknown, field: string, jid?: string) {
  if (!isJsonObject(value)) throw wrongField(field, 'must be the key of a message: {remoteJid, fromMe, id}');
  const id = optionalText(value, 'id');
  if (id === undefined || id === '') throw wrongField(`${field}.id`, 'must be the id of a message');
  const remoteJid = optionalText(value, 'remoteJid');
  const participant = optionalText(value, 'participant');
  const chat = remoteJid === undefined || remoteJid === '' ? jid : jidOfNumber(remoteJid);
  return {
    id,
    ...given({
      remoteJid: chat,
      fromMe: optionalFlag(value, 'fromMe'),
      participant: participant === undefined || participant === '' ? undefined : jidOfNumber(participant)
    })
  };
}

/** Returns the message that a program quotes: complete if the program sent its content, otherwise by its key. */
export function quotedIn(value: unknown, jid: string): { quoted?: object } {
  if (!isJsonObject(value)) return {};
  const key = keyIn(value['key'], 'quoted.key', jid);
  const content = objectOf(value['message']);
  return { quoted: Object.keys(content).length > 0 ? { key: { fromMe: false, ...key }, message: content } : { key } };
}
