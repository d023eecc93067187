import type { LoggedEvent } from '@wabus/broker';
import { chatsOfBody, isLid, isPn, isSessionId, type SessionId, type WebhookOrder } from '@wabus/contracts';

/** The lane of bulk mode. */
export const ONE_LANE = '*';
/** The separator between the session and a chat, several chats, or one event. Session ids contain neither character. */
const CHAT = '/';
const EVENT = '#';
/** Stands in place of a chat for events about several chats. */
const SEVERAL = '+';

/** Returns the chats that an event is about, as its headers or its payload name them. */
export function chatsOf({ facts, body }: LoggedEvent): readonly string[] {
  return facts.chats ?? chatsOfBody(facts.event, body);
}

/** Returns the lane of an event. Looks up its chats only if the order depends on them. */
export function laneKeyOf(event: LoggedEvent, order: WebhookOrder, chats: (event: LoggedEvent) => readonly string[] = chatsOf): string {
  const { session } = event.facts;
  switch (order) {
    case 'session':
      return session;
    case 'none':
      return `${session}${EVENT}${event.sequence}`;
    case 'chat': {
      const named = chats(event);
      if (named.length === 0) return session;
      return `${session}${CHAT}${onlyChat(named) ?? SEVERAL}`;
    }
  }
}

/** The two jids of one person count as one chat, under the phone number. */
function onlyChat(chats: readonly string[]): string | null {
  const [first, second] = chats;
  if (chats.length === 1) return first!;
  if (chats.length !== 2) return null;
  if (isPn(first!) && isLid(second!)) return first!;
  return isLid(first!) && isPn(second!) ? second! : null;
}

/** Returns the session and the chat of a lane. A part is `null` if the lane covers all, none or several of them. */
export function partsOfLane(key: string): { readonly session: SessionId | null; readonly chat: string | null } {
  const end = key.search(/[/#]/);
  const session = end < 0 ? key : key.slice(0, end);
  const chat = end >= 0 && key[end] === CHAT && !isSeveral(key) ? key.slice(end + 1) : null;
  return { session: isSessionId(session) ? session : null, chat };
}

export const isSeveral = (key: string): boolean => key.endsWith(`${CHAT}${SEVERAL}`);

/** Returns the lane of the events about several chats of a session. */
export const severalLaneOf = (session: string): string => `${session}${CHAT}${SEVERAL}`;
