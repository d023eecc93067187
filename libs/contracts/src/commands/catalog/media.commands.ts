import { command, CONFIGURES, MAKES, READS, SETS, type SocketReply } from '../command-row.js';
import type { MediaReference } from '../../media/media-reference.js';
import {
  CoverPhotoUpdateRequest,
  MessageRequest,
  NewsletterPictureRequest,
  ProductCreateRequest,
  ProductUpdateRequest,
  ProfilePictureRequest
} from '../requests/media.requests.js';

/** The transfer of a file takes longer than that of a text. */
const WITH_FILE = { deadlineMs: 60_000 } as const;

/**
 * All commands that take or return a file, except `sendMessage`. Where Baileys takes a stream or bytes, a caller passes a source, so the compiler cannot
 * compare the two.
 */
export const MEDIA_COMMANDS = {
  downloadMedia: command<MediaReference>()({
    target: 'owner',
    request: MessageRequest,
    parameters: ['message'],
    scope: 'read',
    deadlineMs: 120_000,
    repeatable: true,
    meaning:
      'Fetches and decrypts the file of a message, and returns a reference to it. If WhatsApp no longer has the file, Wabus asks the phone to upload it again.'
  }),
  updateMediaMessage: command<SocketReply<'updateMediaMessage'>>()({
    target: 'socket',
    ...READS,
    request: MessageRequest,
    parameters: ['message'],
    meaning: 'Asks the phone to upload the file of a message again. Returns the message with its new location.'
  }),
  updateProfilePicture: command<SocketReply<'updateProfilePicture'>>()({
    target: 'socket',
    ...CONFIGURES,
    ...WITH_FILE,
    request: ProfilePictureRequest,
    parameters: ['jid', 'content', 'dimensions'],
    meaning: 'Changes the picture of the account or a group.'
  }),
  newsletterUpdatePicture: command<SocketReply<'newsletterUpdatePicture'>>()({
    target: 'socket',
    ...SETS,
    ...WITH_FILE,
    request: NewsletterPictureRequest,
    parameters: ['jid', 'content'],
    meaning: 'Changes the picture of a channel.'
  }),
  updateCoverPhoto: command<SocketReply<'updateCoverPhoto'>>()({
    target: 'socket',
    ...CONFIGURES,
    ...WITH_FILE,
    request: CoverPhotoUpdateRequest,
    parameters: ['photo'],
    meaning: "Changes the cover photo of the account's business profile. Returns its id."
  }),
  productCreate: command<SocketReply<'productCreate'>>()({
    target: 'socket',
    ...MAKES,
    ...WITH_FILE,
    request: ProductCreateRequest,
    parameters: ['create'],
    meaning: "Adds a product to the account's catalog."
  }),
  productUpdate: command<SocketReply<'productUpdate'>>()({
    target: 'socket',
    ...SETS,
    ...WITH_FILE,
    request: ProductUpdateRequest,
    parameters: ['productId', 'update'],
    meaning: "Changes a product in the account's catalog."
  })
} as const;
