import type { BaileysEventMap } from '@whiskeysockets/baileys';

export type HistorySet = BaileysEventMap['messaging-history.set'];

const DAY_SECONDS = 86_400;

/** Whether Baileys' own event is empty, because `HistoryReceiver` handles its chunk. */
export function isHollow({ chats, contacts, messages, lidPnMappings, pastParticipants }: HistorySet): boolean {
  return [chats, contacts, messages, lidPnMappings ?? [], pastParticipants ?? []].every(list => list.length === 0);
}

/** Corrects invalid times from phones in place (mautrix ba58807): times more than a day ahead become the current time, negative times become 0. */
export function withPlausibleTimes(set: HistorySet, nowSeconds: number): HistorySet {
  for (const message of set.messages) message.messageTimestamp = plausible(message.messageTimestamp, nowSeconds);
  for (const chat of set.chats) {
    chat.conversationTimestamp = plausible(chat.conversationTimestamp, nowSeconds);
    chat.lastMessageRecvTimestamp = plausible(chat.lastMessageRecvTimestamp, nowSeconds);
  }
  return set;
}

function plausible<T>(time: T, nowSeconds: number): T | number {
  if (time === null || time === undefined) return time;
  const seconds = Number(String(time));
  if (seconds > nowSeconds + DAY_SECONDS || !Number.isFinite(seconds)) return nowSeconds;
  return seconds < 0 ? 0 : time;
}
