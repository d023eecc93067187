import { spanishBringing } from './spanish/bringing.texts.js';
import { spanishChats } from './spanish/chats.texts.js';
import { spanishLanguage } from './spanish/language.texts.js';
import { spanishLogin } from './spanish/login.texts.js';
import { spanishNotices } from './spanish/notices.texts.js';
import { spanishPairing } from './spanish/pairing.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in Spanish. */
export const spanish: Translation = {
  bringing: spanishBringing,
  chats: spanishChats,
  language: spanishLanguage,
  login: spanishLogin,
  notices: spanishNotices,
  pairing: spanishPairing
};
