import { appTexts } from '../app/app.texts.js';
import { bringingTexts } from '../bringing/bringing.texts.js';
import { chatTexts } from '../chats/chats.texts.js';
import { commandTexts } from '../commands/commands.texts.js';
import { connectorTexts } from '../connectors/connectors.texts.js';
import { eventTexts } from '../events/events.texts.js';
import { firstStepTexts } from '../first-steps/first-steps.texts.js';
import { healthTexts } from '../health/health.texts.js';
import { languageTexts } from './language.texts.js';
import { jsonTexts } from '../json/json.texts.js';
import { loginTexts } from '../login/login.texts.js';
import { noticeTexts } from '../notices/notices.texts.js';
import { pairingTexts } from '../pairing/pairing.texts.js';
import { sessionSettingTexts } from '../session-settings/session-settings.texts.js';
import { sessionTexts } from '../sessions/sessions.texts.js';
import { subscriptionTexts } from '../subscriptions/subscriptions.texts.js';
import { tokenTexts } from '../tokens/tokens.texts.js';
import { webhookTexts } from '../webhooks/webhooks.texts.js';

/** Every text of the console in English, by room. */
export const english = {
  app: appTexts,
  bringing: bringingTexts,
  chats: chatTexts,
  commands: commandTexts,
  connectors: connectorTexts,
  events: eventTexts,
  firstSteps: firstStepTexts,
  health: healthTexts,
  language: languageTexts,
  json: jsonTexts,
  login: loginTexts,
  notices: noticeTexts,
  pairing: pairingTexts,
  sessionSettings: sessionSettingTexts,
  sessions: sessionTexts,
  subscriptions: subscriptionTexts,
  tokens: tokenTexts,
  webhooks: webhookTexts
};
