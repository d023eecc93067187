import type { BaileysEventMap, Chat, WAMessage } from '@whiskeysockets/baileys';
import { getContentType, isJidGroup, jidNormalizedUser, normalizeMessageContent, proto } from '../baileys.js';

const { Type } = proto.Message.ProtocolMessage;
const { Initiator, Trigger } = proto.DisappearingMode;

/** The disappearing-message timer of a chat. */
export interface ChatTimer {
  /** The time after which messages disappear; 0 if they stay. */
  readonly seconds: number;
  /** When the timer was set, in seconds since 1970; 0 if that is unknown. */
  readonly setAt: number;
  /** Who set it, from the perspective of this account: a number of `DisappearingMode.Initiator`. */
  readonly initiator?: number;
}

/** The timer of a chat as reported by an event. */
export interface TimerNews extends ChatTimer {
  /** The jid of the chat, without a device part. */
  readonly chat: string;
}

/** Returns the timers of chats in events, in order: from settings, whole chats, and messages, which contain the timer of their chat. */
export function timersIn(events: Partial<BaileysEventMap>): TimerNews[] {
  const { 'chats.upsert': upserted = [], 'chats.update': updated = [], 'messaging-history.set': history } = events;
  const groups = [...(events['groups.upsert'] ?? []), ...(events['groups.update'] ?? [])];
  return [
    ...[...(history?.chats ?? []), ...upserted, ...updated].flatMap(ofChat),
    ...groups.flatMap(({ id, ephemeralDuration }) =>
      id && ephemeralDuration !== undefined ? [{ chat: id, seconds: ephemeralDuration, setAt: 0 }] : []
    ),
    ...(events['messages.upsert']?.messages ?? []).flatMap(ofMessage)
  ];
}

/** Combines two reports of a timer: returns the later setting, or the merged data of the same setting. */
export function latest(known: ChatTimer | undefined, { seconds, setAt, initiator }: ChatTimer): ChatTimer {
  if (known && (setAt < known.setAt || (setAt === 0 && known.seconds === seconds))) return known;
  const by = initiator ?? (known?.setAt === setAt ? known.initiator : undefined);
  return { seconds, setAt, ...(by === undefined ? {} : { initiator: by }) };
}

/**
 * Writes a timer into an outgoing message, in the form that receivers expect (zapo 70f2c14, PR 205): without `ephemeralSettingTimestamp`, phones report that
 * the message will not disappear. Contents without a context, and an expiration that the caller has set, stay unchanged.
 */
export function applyTimer(message: WAMessage, chat: string, { seconds, setAt, initiator }: ChatTimer): void {
  const inner = normalizeMessageContent(message.message) as Record<string, { contextInfo?: proto.IContextInfo | null }> | undefined;
  const kind = getContentType(inner);
  const content = kind && inner?.[kind];
  if (seconds === 0 || !kind || typeof content !== 'object' || !hasContext(inner as proto.IMessage, kind)) return;
  const before = content.contextInfo ?? {};
  content.contextInfo = {
    ...before,
    expiration: before.expiration || seconds,
    ...(setAt > 0 ? { ephemeralSettingTimestamp: setAt } : {}),
    ...(isJidGroup(chat) ? {} : { disappearingMode: { initiator: initiator ?? Initiator.CHANGED_IN_CHAT, trigger: Trigger.CHAT_SETTING } })
  };
}

/** Whether a kind of content has a `contextInfo` in the protocol. */
function hasContext(message: proto.IMessage, kind: keyof proto.IMessage): boolean {
  const decoded = proto.Message.decode(proto.Message.encode(message).finish())[kind];
  return typeof decoded === 'object' && decoded !== null && 'contextInfo' in decoded;
}

function ofChat({ id, ephemeralExpiration, ephemeralSettingTimestamp, disappearingMode }: Partial<Chat>): TimerNews[] {
  if (!id || ephemeralExpiration === undefined) return [];
  const initiator = disappearingMode?.initiator;
  return [{ chat: jidNormalizedUser(id), ...timer(ephemeralExpiration, ephemeralSettingTimestamp, initiator) }];
}

function ofMessage({ key, message, messageTimestamp }: WAMessage): TimerNews[] {
  if (!key.remoteJid || !message) return [];
  const chat = jidNormalizedUser(key.remoteJid);
  const inner = normalizeMessageContent(message);
  const setting = inner?.protocolMessage;
  if (setting?.type === Type.EPHEMERAL_SETTING)
    return [
      { chat, ...timer(setting.ephemeralExpiration, messageTimestamp, seenFrom(key.fromMe === true, setting.disappearingMode?.initiator)) }
    ];
  const kind = getContentType(inner);
  const context = kind && (inner?.[kind] as { contextInfo?: proto.IContextInfo | null } | null | undefined)?.contextInfo;
  // Without a time, it may be the timer of this message only.
  if (!context?.expiration || !Number(context.ephemeralSettingTimestamp ?? 0)) return [];
  const initiator = seenFrom(key.fromMe === true, context.disappearingMode?.initiator);
  return [{ chat, ...timer(context.expiration, context.ephemeralSettingTimestamp, initiator) }];
}

type Seconds = WAMessage['messageTimestamp'] | null;

function timer(seconds: number | null | undefined, setAt: Seconds, initiator: number | null | undefined): ChatTimer {
  return { seconds: seconds ?? 0, setAt: Number(setAt ?? 0) || 0, ...(initiator == null ? {} : { initiator }) };
}

/** Converts an initiator from the sender's perspective to that of this account: "me" of a contact is "other" here. */
function seenFrom(fromMe: boolean, initiator: number | null | undefined): number | null | undefined {
  if (fromMe || (initiator !== Initiator.INITIATED_BY_ME && initiator !== Initiator.INITIATED_BY_OTHER)) return initiator;
  return initiator === Initiator.INITIATED_BY_ME ? Initiator.INITIATED_BY_OTHER : Initiator.INITIATED_BY_ME;
}
