import { germanBringing } from './german/bringing.texts.js';
import { germanChats } from './german/chats.texts.js';
import { germanLanguage } from './german/language.texts.js';
import { germanLogin } from './german/login.texts.js';
import { germanNotices } from './german/notices.texts.js';
import { germanPairing } from './german/pairing.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in German. */
export const german: Translation = {
  bringing: germanBringing,
  chats: germanChats,
  language: germanLanguage,
  login: germanLogin,
  notices: germanNotices,
  pairing: germanPairing
};
