import { isChange, type SessionStatus } from '@wabus/contracts';
import type { PeerEvent } from '../compat.types.js';
import { isJsonObject, listOf, objectOf } from '../peer-fields.policy.js';
import { isSentByProgram, messageFacts, messageKeyOf, numberFirst, countOf, type KeyJson } from '../peer-messages.policy.js';
import { EVOLUTION_EVENTS, eventKey } from './evolution-events.table.js';
import { evolutionKey } from './evolution-id.codec.js';
import { EVOLUTION_STATUS, evolutionMessage, evolutionState } from './evolution-message.codec.js';

export interface EvolutionContext {
  /** The URL of the webhook. */
  readonly url: string;
  readonly baseUrl: string;
  /** The Evolution API events that the webhook receives; `null` for all. */
  readonly events: readonly string[] | null;
  readonly byEvents: boolean;
  /** The jid of the session's account, if one is linked. */
  readonly account: string | null;
  /** The QR code of the event as a picture (a data URL); `null` if there is none. */
  readonly qrPicture: string | null;
}

/** A request to a webhook of Evolution API. */
export interface EvolutionDelivery {
  readonly url: string;
  readonly body: Record<string, unknown>;
}

interface Part {
  readonly key: string;
  readonly data: unknown;
}

/** Returns the requests that a webhook of Evolution API receives for an event, in order. */
export function evolutionDeliveries(event: PeerEvent, context: EvolutionContext): EvolutionDelivery[] {
  const { url, baseUrl, events, byEvents, account } = context;
  const wanted = events === null ? null : new Set(events.map(eventKey));
  const isWanted = (key: string): boolean => wanted === null || wanted.has(key) || (key === 'GROUP_UPDATE' && wanted.has('GROUPS_UPDATE'));
  return partsOf(event, context)
    .filter(({ key }) => isWanted(key))
    .map(({ key, data }) => ({
      url: byEvents ? `${url.replace(/\/+$/, '')}/${EVOLUTION_EVENTS[key]!.event.replace(/\./g, '-')}` : url,
      body: {
        event: EVOLUTION_EVENTS[key]!.event,
        instance: event.facts.session,
        data,
        destination: url,
        date_time: event.facts.at,
        sender: account?.replace(/:\d+@/, '@') ?? null,
        server_url: baseUrl,
        // A key in a request would end up in the receiver's log.
        apikey: null
      }
    }));
}

function partsOf({ facts: { event, session }, data }: PeerEvent, { qrPicture, account }: EvolutionContext): Part[] {
  switch (event) {
    case 'auth.qr': {
      const qrcode = { instance: session, pairingCode: null, code: objectOf(data)['qr'], base64: qrPicture };
      return [{ key: 'QRCODE_UPDATED', data: { qrcode } }];
    }
    case 'session.status':
      return statusParts(data as SessionStatus, session);
    case 'messages.upsert':
      return listOf(objectOf(data)['messages']).flatMap(message => messageParts(message, objectOf(data)['type'], session));
    case 'messages.update':
      return listOf(data).flatMap(one => updateParts(one, session));
    case 'message-receipt.update':
      return listOf(data).flatMap(one => receiptParts(one, session));
    case 'messages.delete':
      return listOf(objectOf(data)['keys']).flatMap(one => deletedParts(one));
    case 'messaging-history.set':
      return historyParts(objectOf(data), session);
    case 'contacts.upsert':
      return [{ key: 'CONTACTS_UPSERT', data: listOf(data).map(one => contact(one, session)) }];
    case 'contacts.update':
      return [{ key: 'CONTACTS_UPDATE', data: listOf(data).map(one => contact(one, session)) }];
    case 'presence.update':
      return [{ key: 'PRESENCE_UPDATE', data }];
    case 'chats.upsert':
      return [{ key: 'CHATS_UPSERT', data: listOf(data).map(one => chat(one, session)) }];
    case 'chats.update':
      return [{ key: 'CHATS_UPDATE', data: listOf(data).map(one => chat(one, session)) }];
    case 'chats.delete':
      return [{ key: 'CHATS_DELETE', data }];
    case 'groups.upsert':
      return [{ key: 'GROUPS_UPSERT', data }];
    case 'groups.update':
      return [{ key: 'GROUP_UPDATE', data }];
    case 'group-participants.update':
      return [{ key: 'GROUP_PARTICIPANTS_UPDATE', data: participants(objectOf(data)) }];
    case 'labels.edit':
      return [{ key: 'LABELS_EDIT', data: { ...objectOf(data), instance: session } }];
    case 'labels.association': {
      const { type, association } = objectOf(data);
      const { chatId, labelId } = objectOf(association);
      return [{ key: 'LABELS_ASSOCIATION', data: { instance: session, type, chatId, labelId } }];
    }
    case 'call':
      return listOf(data).map(one => ({ key: 'CALL', data: { ...objectOf(one), to: account } }));
    default:
      return [];
  }
}

function statusParts({ state, account, lastDisconnect }: SessionStatus, instance: string): Part[] {
  const shown = evolutionState(state);
  const reason = lastDisconnect?.code ?? null;
  const update = {
    instance,
    state: shown,
    statusReason: shown === 'open' ? 200 : (reason ?? (shown === 'connecting' ? 0 : 428)),
    ...(account === null ? {} : { wuid: account.id.replace(/:\d+@/, '@'), profileName: account.name, profilePictureUrl: null })
  };
  const parts: Part[] = [{ key: 'CONNECTION_UPDATE', data: update }];
  if (shown === 'close')
    parts.push({
      key: 'STATUS_INSTANCE',
      data: { instance, status: 'closed', disconnectionReasonCode: reason, disconnectionAt: lastDisconnect?.at ?? null }
    });
  if (state === 'logged-out') parts.push({ key: 'LOGOUT_INSTANCE', data: null });
  return parts;
}

function messageParts(message: unknown, type: unknown, instance: string): Part[] {
  const shown = evolutionMessage(message, instance);
  const facts = messageFacts(message);
  const { message: content } = objectOf(message);
  if (shown === null || facts === null || !isJsonObject(content)) return [];
  // Edits and deletions are separate events in Evolution API; reactions are messages.
  if (isChange(content) && !('reactionMessage' in content)) return [];
  return [{ key: isSentByProgram(facts, type ?? null) ? 'SEND_MESSAGE' : 'MESSAGES_UPSERT', data: shown }];
}

function updateParts(one: unknown, instance: string): Part[] {
  const { key: rawKey, update: rawUpdate } = objectOf(one);
  const key = messageKeyOf(rawKey);
  const update = objectOf(rawUpdate);
  if (key === null) return [];
  if (update['messageStubType'] === 1 && !isJsonObject(update['message'])) return [deleted(key)];
  const { editedMessage } = objectOf(update['message']);
  if (isJsonObject(editedMessage)) {
    const content = isJsonObject(editedMessage['message']) ? editedMessage['message'] : editedMessage;
    return [
      { key: 'MESSAGES_EDITED', data: { key: evolutionKey(key), type: 'MESSAGE_EDIT', editedMessage: content, instanceId: instance } }
    ];
  }
  const status = countOf(update['status']);
  return status === null ? [] : [statusOf(key, status, instance)];
}

function statusOf(key: KeyJson, status: number, instance: string): Part {
  const { remoteJid, fromMe, id, participant } = evolutionKey(key);
  const data = {
    messageId: id,
    keyId: id,
    remoteJid,
    fromMe,
    participant: participant ?? null,
    status: EVOLUTION_STATUS[status] ?? 'PENDING',
    instanceId: instance
  };
  return { key: 'MESSAGES_UPDATE', data };
}

function receiptParts(one: unknown, instance: string): Part[] {
  const { key: rawKey, receipt } = objectOf(one);
  const key = messageKeyOf(rawKey);
  if (key === null) return [];
  const { userJid, readTimestamp, playedTimestamp } = objectOf(receipt);
  const status = countOf(playedTimestamp) !== null ? 5 : countOf(readTimestamp) !== null ? 4 : 3;
  return [statusOf({ ...key, participant: typeof userJid === 'string' ? userJid : key.participant }, status, instance)];
}

const deleted = (key: KeyJson): Part => ({ key: 'MESSAGES_DELETE', data: { ...evolutionKey(key), status: 'DELETED' } });

function deletedParts(one: unknown): Part[] {
  const key = messageKeyOf(one);
  return key === null ? [] : [deleted(key)];
}

function historyParts({ messages, contacts, chats }: Record<string, unknown>, instance: string): Part[] {
  const shown = listOf(messages).flatMap(message => evolutionMessage(message, instance) ?? []);
  return [
    ...(shown.length === 0 ? [] : [{ key: 'MESSAGES_SET', data: shown }]),
    ...(listOf(contacts).length === 0 ? [] : [{ key: 'CONTACTS_SET', data: listOf(contacts).map(one => contact(one, instance)) }]),
    ...(listOf(chats).length === 0 ? [] : [{ key: 'CHATS_SET', data: listOf(chats).map(one => chat(one, instance)) }])
  ];
}

function contact(one: unknown, instance: string): Record<string, unknown> {
  const { id, name, notify, verifiedName, phoneNumber } = objectOf(one);
  const jid = typeof id === 'string' ? numberFirst(id, typeof phoneNumber === 'string' ? phoneNumber : null) : null;
  const pushName = [name, notify, verifiedName].find(text => typeof text === 'string' && text !== '') ?? null;
  return { remoteJid: jid, pushName, profilePicUrl: null, instanceId: instance };
}

function chat(one: unknown, instance: string): Record<string, unknown> {
  const { id, name, unreadCount } = objectOf(one);
  return {
    remoteJid: id ?? null,
    instanceId: instance,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof unreadCount === 'number' ? { unreadMessages: unreadCount } : {})
  };
}

/** Returns people as jids, by number if it is known, together with all known facts about them. */
function participants({ participants: people, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const jids = listOf(people).map(one => {
    if (typeof one === 'string') return one;
    const { id, phoneNumber } = objectOf(one);
    return typeof id === 'string' ? numberFirst(id, typeof phoneNumber === 'string' ? phoneNumber : null) : null;
  });
  return { ...rest, participants: jids, participantsData: people };
}
