import { portugueseBringing } from './portuguese/bringing.texts.js';
import { portugueseChats } from './portuguese/chats.texts.js';
import { portugueseLanguage } from './portuguese/language.texts.js';
import { portugueseLogin } from './portuguese/login.texts.js';
import { portugueseNotices } from './portuguese/notices.texts.js';
import { portuguesePairing } from './portuguese/pairing.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in Portuguese. */
export const portuguese: Translation = {
  bringing: portugueseBringing,
  chats: portugueseChats,
  language: portugueseLanguage,
  login: portugueseLogin,
  notices: portugueseNotices,
  pairing: portuguesePairing
};
