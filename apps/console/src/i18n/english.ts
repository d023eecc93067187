import { appTexts } from '../app/app.texts.js';
import { chatTexts } from '../chats/chats.texts.js';
import { eventTexts } from '../events/events.texts.js';
import { loginTexts } from '../login/login.texts.js';
import { noticeTexts } from '../notices/notices.texts.js';
import { pairingTexts } from '../pairing/pairing.texts.js';
import { sessionTexts } from '../sessions/sessions.texts.js';

/** Every text of the console, in English; each room has its own part. */
export const english = {
  app: appTexts,
  chats: chatTexts,
  events: eventTexts,
  login: loginTexts,
  notices: noticeTexts,
  pairing: pairingTexts,
  sessions: sessionTexts
};
