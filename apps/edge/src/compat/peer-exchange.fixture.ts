/** A request from the published API of a peer, the commands that it causes, and the published response. */
export interface PeerExchange {
  /** Verb and path, as a program writes them. */
  readonly ask: string;
  readonly body?: unknown;
  /** The commands that the owner of the session receives, with their arguments. */
  readonly commands: readonly (readonly [method: string, args: unknown])[];
  /** The owner's reply to each command. */
  readonly replies?: readonly unknown[];
  readonly status: number;
  /** A part of the response. */
  readonly answer?: unknown;
}

export const NUMBER = '12132132130';
export const PERSON = `${NUMBER}@s.whatsapp.net`;
export const GROUP = '120363041234567890@g.us';
export const MESSAGE = 'AAAAAAAAAAAAAAAAAAAA';
/** The reply of `sendMessage`. */
export const SENT = { key: { remoteJid: PERSON, fromMe: true, id: '3EB0123456789ABCDEF012' }, messageTimestamp: 1_667_561_485 };
/** A PNG of one pixel. */
export const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
/** The beginning of an Ogg audio file. */
export const OGG = Buffer.from(
  'OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead\x01\x01\0\0\0\0\0\0\0\0\0',
  'latin1'
).toString('base64');
export const METADATA = {
  id: GROUP,
  subject: 'Work Group',
  desc: 'Group description',
  owner: PERSON,
  size: 1,
  announce: false,
  restrict: true,
  participants: [{ id: '99@lid', phoneNumber: PERSON, admin: 'superadmin' }]
};
