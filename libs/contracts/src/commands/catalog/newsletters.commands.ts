import { command, CONFIGURES, MAKES, READS, SETS, socketCommand, type SocketReply } from '../command-row.js';
import {
  CreateNewsletterRequest,
  NewsletterDemoteRequest,
  NewsletterDescriptionRequest,
  NewsletterMessagesRequest,
  NewsletterMetadataRequest,
  NewsletterNameRequest,
  NewsletterOwnerRequest,
  NewsletterReactionRequest,
  NewsletterRequest,
  NewsletterUpdateRequest
} from '../requests/newsletters.requests.js';

/** Commands for channels. */
export const NEWSLETTER_COMMANDS = {
  newsletterCreate: socketCommand<'newsletterCreate'>()({
    ...MAKES,
    request: CreateNewsletterRequest,
    parameters: ['name', 'description'],
    meaning: 'Creates a channel.'
  }),
  // It has a third parameter that Baileys does not have.
  newsletterMetadata: command<SocketReply<'newsletterMetadata'>>()({
    target: 'socket',
    ...READS,
    request: NewsletterMetadataRequest,
    parameters: ['type', 'key', 'count'],
    meaning: 'Returns data about a channel.'
  }),
  newsletterSubscribers: socketCommand<'newsletterSubscribers'>()({
    ...READS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Returns the number of followers of a channel.'
  }),
  newsletterFollow: socketCommand<'newsletterFollow'>()({
    ...SETS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Follows a channel.'
  }),
  newsletterUnfollow: socketCommand<'newsletterUnfollow'>()({
    ...SETS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Unfollows a channel.'
  }),
  newsletterMute: socketCommand<'newsletterMute'>()({
    ...SETS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Mutes a channel.'
  }),
  newsletterUnmute: socketCommand<'newsletterUnmute'>()({
    ...SETS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Unmutes a channel.'
  }),
  newsletterUpdate: socketCommand<'newsletterUpdate'>()({
    ...SETS,
    request: NewsletterUpdateRequest,
    parameters: ['jid', 'updates'],
    meaning: 'Changes the name or description of a channel, or removes its picture.'
  }),
  newsletterUpdateName: socketCommand<'newsletterUpdateName'>()({
    ...SETS,
    request: NewsletterNameRequest,
    parameters: ['jid', 'name'],
    meaning: 'Renames a channel.'
  }),
  newsletterUpdateDescription: socketCommand<'newsletterUpdateDescription'>()({
    ...SETS,
    request: NewsletterDescriptionRequest,
    parameters: ['jid', 'description'],
    meaning: 'Changes the description of a channel.'
  }),
  newsletterRemovePicture: socketCommand<'newsletterRemovePicture'>()({
    ...SETS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Removes the picture of a channel.'
  }),
  newsletterReactMessage: socketCommand<'newsletterReactMessage'>()({
    ...SETS,
    request: NewsletterReactionRequest,
    parameters: ['jid', 'serverId', 'reaction'],
    meaning: 'Reacts to a channel message, or removes the reaction.'
  }),
  newsletterFetchMessages: socketCommand<'newsletterFetchMessages'>()({
    ...READS,
    request: NewsletterMessagesRequest,
    parameters: ['jid', 'count', 'since', 'after'],
    meaning: "Returns messages from a channel in WhatsApp's raw form, as a stanza."
  }),
  subscribeNewsletterUpdates: socketCommand<'subscribeNewsletterUpdates'>()({
    ...READS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Subscribes to live counts of views and reactions for a few minutes.'
  }),
  newsletterAdminCount: socketCommand<'newsletterAdminCount'>()({
    ...READS,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Returns the number of admins of a channel.'
  }),
  newsletterChangeOwner: socketCommand<'newsletterChangeOwner'>()({
    ...CONFIGURES,
    repeatable: false,
    request: NewsletterOwnerRequest,
    parameters: ['jid', 'newOwnerJid'],
    meaning: 'Transfers a channel to another owner.'
  }),
  newsletterDemote: socketCommand<'newsletterDemote'>()({
    ...CONFIGURES,
    request: NewsletterDemoteRequest,
    parameters: ['jid', 'userJid'],
    meaning: 'Demotes an admin of a channel.'
  }),
  newsletterDelete: socketCommand<'newsletterDelete'>()({
    ...CONFIGURES,
    request: NewsletterRequest,
    parameters: ['jid'],
    meaning: 'Deletes a channel.'
  })
} as const;
