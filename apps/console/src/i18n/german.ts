import { germanApp } from './german/app.texts.js';
import { germanBringing } from './german/bringing.texts.js';
import { germanChats } from './german/chats.texts.js';
import { germanCommands } from './german/commands.texts.js';
import { germanConnectors } from './german/connectors.texts.js';
import { germanEvents } from './german/events.texts.js';
import { germanFirstSteps } from './german/first-steps.texts.js';
import { germanHealth } from './german/health.texts.js';
import { germanJson } from './german/json.texts.js';
import { germanLanguage } from './german/language.texts.js';
import { germanLogin } from './german/login.texts.js';
import { germanNotices } from './german/notices.texts.js';
import { germanPairing } from './german/pairing.texts.js';
import { germanSessions } from './german/sessions.texts.js';
import { germanSubscriptions } from './german/subscriptions.texts.js';
import { germanTokens } from './german/tokens.texts.js';
import { germanWebhooks } from './german/webhooks.texts.js';
import { germanSessionSettings } from './german/session-settings.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in German. */
export const german: Translation = {
  app: germanApp,
  bringing: germanBringing,
  chats: germanChats,
  commands: germanCommands,
  connectors: germanConnectors,
  events: germanEvents,
  firstSteps: germanFirstSteps,
  health: germanHealth,
  json: germanJson,
  language: germanLanguage,
  login: germanLogin,
  notices: germanNotices,
  pairing: germanPairing,
  sessions: germanSessions,
  subscriptions: germanSubscriptions,
  tokens: germanTokens,
  webhooks: germanWebhooks,
  sessionSettings: germanSessionSettings
};
