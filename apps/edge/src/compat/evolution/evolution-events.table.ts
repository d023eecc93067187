/** Events of Evolution API, with the name in the body and the Wabus events from which they derive. Events that Wabus does not have derive from none. */
export const EVOLUTION_EVENTS: Readonly<Record<string, { readonly event: string; readonly from: readonly string[] }>> = {
  APPLICATION_STARTUP: { event: 'application.startup', from: [] },
  QRCODE_UPDATED: { event: 'qrcode.updated', from: ['auth.qr'] },
  CONNECTION_UPDATE: { event: 'connection.update', from: ['session.status'] },
  STATUS_INSTANCE: { event: 'status.instance', from: ['session.status'] },
  LOGOUT_INSTANCE: { event: 'logout.instance', from: ['session.status'] },
  REMOVE_INSTANCE: { event: 'remove.instance', from: [] },
  INSTANCE_CREATE: { event: 'instance.create', from: [] },
  INSTANCE_DELETE: { event: 'instance.delete', from: [] },
  MESSAGES_SET: { event: 'messages.set', from: ['messaging-history.set'] },
  MESSAGES_UPSERT: { event: 'messages.upsert', from: ['messages.upsert'] },
  MESSAGES_EDITED: { event: 'messages.edited', from: ['messages.update'] },
  MESSAGES_UPDATE: { event: 'messages.update', from: ['messages.update', 'message-receipt.update'] },
  MESSAGES_DELETE: { event: 'messages.delete', from: ['messages.update', 'messages.delete'] },
  SEND_MESSAGE: { event: 'send.message', from: ['messages.upsert'] },
  SEND_MESSAGE_UPDATE: { event: 'send.message.update', from: [] },
  CONTACTS_SET: { event: 'contacts.set', from: ['messaging-history.set'] },
  CONTACTS_UPSERT: { event: 'contacts.upsert', from: ['contacts.upsert'] },
  CONTACTS_UPDATE: { event: 'contacts.update', from: ['contacts.update'] },
  PRESENCE_UPDATE: { event: 'presence.update', from: ['presence.update'] },
  CHATS_SET: { event: 'chats.set', from: ['messaging-history.set'] },
  CHATS_UPSERT: { event: 'chats.upsert', from: ['chats.upsert'] },
  CHATS_UPDATE: { event: 'chats.update', from: ['chats.update'] },
  CHATS_DELETE: { event: 'chats.delete', from: ['chats.delete'] },
  GROUPS_UPSERT: { event: 'groups.upsert', from: ['groups.upsert'] },
  GROUP_UPDATE: { event: 'groups.update', from: ['groups.update'] },
  GROUPS_UPDATE: { event: 'groups.update', from: ['groups.update'] },
  GROUP_PARTICIPANTS_UPDATE: { event: 'group-participants.update', from: ['group-participants.update'] },
  LABELS_EDIT: { event: 'labels.edit', from: ['labels.edit'] },
  LABELS_ASSOCIATION: { event: 'labels.association', from: ['labels.association'] },
  CALL: { event: 'call', from: ['call'] },
  TYPEBOT_START: { event: 'typebot.start', from: [] },
  TYPEBOT_CHANGE_STATUS: { event: 'typebot.change-status', from: [] },
  NEW_JWT_TOKEN: { event: 'new.jwt', from: [] },
  ERRORS: { event: 'error', from: [] }
};

/** Normalizes the name of an event, which programs write differently: `messages.upsert` and `messages-upsert` are the same. */
export const eventKey = (name: string): string => name.replace(/[.-]/g, '_').toUpperCase();

/** Returns the Wabus events that a webhook of Evolution API needs. An empty list stands for all events. */
export function eventsForEvolution(names: readonly string[]): string[] {
  const wanted = names.length === 0 ? Object.keys(EVOLUTION_EVENTS) : names.map(eventKey);
  return [...new Set(wanted.flatMap(name => EVOLUTION_EVENTS[name]?.from ?? []))].sort();
}
