import { portugueseApp } from './portuguese/app.texts.js';
import { portugueseBringing } from './portuguese/bringing.texts.js';
import { portugueseChats } from './portuguese/chats.texts.js';
import { portugueseCommands } from './portuguese/commands.texts.js';
import { portugueseConnectors } from './portuguese/connectors.texts.js';
import { portugueseEvents } from './portuguese/events.texts.js';
import { portugueseFirstSteps } from './portuguese/first-steps.texts.js';
import { portugueseHealth } from './portuguese/health.texts.js';
import { portugueseLanguage } from './portuguese/language.texts.js';
import { portugueseJson } from './portuguese/json.texts.js';
import { portugueseLogin } from './portuguese/login.texts.js';
import { portugueseNotices } from './portuguese/notices.texts.js';
import { portuguesePairing } from './portuguese/pairing.texts.js';
import { portugueseSessions } from './portuguese/sessions.texts.js';
import { portugueseSubscriptions } from './portuguese/subscriptions.texts.js';
import { portugueseTokens } from './portuguese/tokens.texts.js';
import { portugueseWebhooks } from './portuguese/webhooks.texts.js';
import { portugueseSessionSettings } from './portuguese/session-settings.texts.js';
import type { Translation } from './translation.types.js';

/** The texts of the console in Portuguese. */
export const portuguese: Translation = {
  app: portugueseApp,
  bringing: portugueseBringing,
  chats: portugueseChats,
  commands: portugueseCommands,
  connectors: portugueseConnectors,
  events: portugueseEvents,
  firstSteps: portugueseFirstSteps,
  health: portugueseHealth,
  language: portugueseLanguage,
  json: portugueseJson,
  login: portugueseLogin,
  notices: portugueseNotices,
  pairing: portuguesePairing,
  sessions: portugueseSessions,
  subscriptions: portugueseSubscriptions,
  tokens: portugueseTokens,
  webhooks: portugueseWebhooks,
  sessionSettings: portugueseSessionSettings
};
