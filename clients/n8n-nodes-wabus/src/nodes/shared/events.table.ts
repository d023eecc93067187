// @generated from the catalogs of @wabus/contracts by tools/n8n/tables.mjs: do not edit.

/** The events for which a trigger can wait. */
export const EVENTS: ReadonlyArray<{ readonly event: string; readonly meaning: string }> = [
  {
    event: '*',
    meaning: 'Every event'
  },
  {
    event: 'app-state.collection-failed',
    meaning:
      'A part of the synchronized state (contacts, chat settings, labels) could not be read after all attempts. Emitted only once until that part can be read again.'
  },
  {
    event: 'auth.pairing-code',
    meaning:
      'A pairing code was issued, or WhatsApp invalidated the last one. `code` is the new code, or `null` if you have to request another. `connection.update` with `open` follows once the code has been typed on the phone.'
  },
  {
    event: 'auth.passkey',
    meaning:
      "WhatsApp asks for the account's passkey, or the passkey link reached its next stage. The stages `assertion` and `confirmation` need a person. The last event has `stage: null`."
  },
  {
    event: 'auth.qr',
    meaning: 'A QR code to scan. The next one follows when it expires, until the account is linked or no attempts are left.'
  },
  {
    event: 'blocklist.set',
    meaning: 'The complete blocklist. Declared by Baileys, but not emitted by 7.0.0-rc14.'
  },
  {
    event: 'blocklist.update',
    meaning: 'Jids were blocked or unblocked'
  },
  {
    event: 'call',
    meaning: 'A call is ringing, or was accepted, rejected, ended or timed out'
  },
  {
    event: 'chats.delete',
    meaning: 'Chats were deleted on another device'
  },
  {
    event: 'chats.lock',
    meaning: 'A chat was locked or unlocked'
  },
  {
    event: 'chats.update',
    meaning: 'Changes to chats: unread count, archive, mute, pin, last message time'
  },
  {
    event: 'chats.upsert',
    meaning: 'New chats'
  },
  {
    event: 'connection.update',
    meaning: 'The connection changed: `connecting`, `open` or `close`. Also contains a new QR text and the online flag.'
  },
  {
    event: 'contacts.update',
    meaning: 'Changes to contacts: push name, picture'
  },
  {
    event: 'contacts.upsert',
    meaning: 'New contacts from the address book'
  },
  {
    event: 'creds.update',
    meaning: 'Credentials changed and were stored. Lists only the names of the changed fields.'
  },
  {
    event: 'group-participants.update',
    meaning: 'Members were added, removed, promoted or demoted'
  },
  {
    event: 'group.join-request',
    meaning: 'Somebody asked to join a group, or withdrew the request'
  },
  {
    event: 'group.member-tag.update',
    meaning: 'A member changed the label shown beside their name in a group'
  },
  {
    event: 'groups.update',
    meaning: 'The subject, description, settings or invite link of a group changed, or WhatsApp suspended it (`suspended`)'
  },
  {
    event: 'groups.upsert',
    meaning: 'The account was added to a group, or created a group'
  },
  {
    event: 'labels.association',
    meaning: 'A label was added to or removed from a chat or message'
  },
  {
    event: 'labels.edit',
    meaning: 'A label was created, changed or deleted'
  },
  {
    event: 'lid-mapping.update',
    meaning: 'A phone number jid and a LID belong to the same person'
  },
  {
    event: 'message-capping.update',
    meaning: 'The quota for new chats changed'
  },
  {
    event: 'message-receipt.update',
    meaning: 'Members of a group or viewers of a status received or read a message'
  },
  {
    event: 'message.poll-vote',
    meaning: 'Somebody voted in a poll, or changed or withdrew a vote. The event contains the names of the options.'
  },
  {
    event: 'message.progress',
    meaning:
      'A message sent by a command was accepted, confirmed by WhatsApp, delivered, read or played, or failed. The event contains the correlation id of the command.'
  },
  {
    event: 'message.unopened',
    meaning:
      'A message about another message (an edit, a vote, an event response, a reaction, a comment) arrived and could not be decrypted. The event contains the reason.'
  },
  {
    event: 'messages.delete',
    meaning: 'Messages were deleted for this account only'
  },
  {
    event: 'messages.media-update',
    meaning: 'The phone uploaded expired media again, or reports that it cannot'
  },
  {
    event: 'messages.reaction',
    meaning: 'Somebody reacted to a message, or removed the reaction'
  },
  {
    event: 'messages.update',
    meaning: 'Status, edits, revocations and stars of known messages'
  },
  {
    event: 'messages.upsert',
    meaning:
      'One message. `notify`: received now. `append`: sent from another device, or received while the session was offline. History arrives only as `messaging-history.set`. An undecryptable message first arrives as a stub, and again once it can be decrypted.'
  },
  {
    event: 'messaging-history.set',
    meaning: 'A chunk of history from the phone: chats, contacts and messages. Arrives after linking, and on demand.'
  },
  {
    event: 'messaging-history.status',
    meaning: 'A phase of the history sync is complete, or paused'
  },
  {
    event: 'newsletter-participants.update',
    meaning: 'The role of a person in a channel changed'
  },
  {
    event: 'newsletter-settings.update',
    meaning: 'The settings of a channel changed'
  },
  {
    event: 'newsletter.reaction',
    meaning: 'The reaction counts of a channel message changed'
  },
  {
    event: 'newsletter.view',
    meaning: 'The view count of a channel message changed'
  },
  {
    event: 'presence.update',
    meaning: 'Somebody is available, typing, recording or gone. Emitted only for chats to whose presence the session has subscribed.'
  },
  {
    event: 'session.status',
    meaning:
      'The state of the session, its account, its last disconnection, its reconnect loop, the announced end of its version or the stage of its passkey link changed. A change in the counters alone emits no event.'
  },
  {
    event: 'settings.update',
    meaning: 'An account-wide setting changed on another device'
  },
  {
    event: 'whatsapp.notification',
    meaning:
      'WhatsApp notified the session of something that no other event reports: a linked or deleted group, devices of a contact, a business profile, a followed channel. `kind` and `action` identify the change; secrets are left out.'
  }
];
