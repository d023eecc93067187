import { spanishApp } from './spanish/app.texts.js';
import { spanishBringing } from './spanish/bringing.texts.js';
import { spanishChats } from './spanish/chats.texts.js';
import { spanishCommands } from './spanish/commands.texts.js';
import { spanishConnectors } from './spanish/connectors.texts.js';
import { spanishEvents } from './spanish/events.texts.js';
import { spanishFirstSteps } from './spanish/first-steps.texts.js';
import { spanishHealth } from './spanish/health.texts.js';
import { spanishJson } from './spanish/json.texts.js';
import { spanishLanguage } from './spanish/language.texts.js';
import { spanishLogin } from './spanish/login.texts.js';
import { spanishNotices } from './spanish/notices.texts.js';
import { spanishPairing } from './spanish/pairing.texts.js';
import { spanishSessions } from './spanish/sessions.texts.js';
import { spanishSubscriptions } from './spanish/subscriptions.texts.js';
import { spanishTokens } from './spanish/tokens.texts.js';
import { spanishWebhooks } from './spanish/webhooks.texts.js';
import { spanishSessionSettings } from './spanish/session-settings.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in Spanish. */
export const spanish: Translation = {
  app: spanishApp,
  bringing: spanishBringing,
  chats: spanishChats,
  commands: spanishCommands,
  connectors: spanishConnectors,
  events: spanishEvents,
  firstSteps: spanishFirstSteps,
  health: spanishHealth,
  json: spanishJson,
  language: spanishLanguage,
  login: spanishLogin,
  notices: spanishNotices,
  pairing: spanishPairing,
  sessions: spanishSessions,
  subscriptions: spanishSubscriptions,
  tokens: spanishTokens,
  webhooks: spanishWebhooks,
  sessionSettings: spanishSessionSettings
};
