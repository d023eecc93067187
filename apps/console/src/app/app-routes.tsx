import type { ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { SessionsPage } from '../sessions/sessions.page.js';
import { lazyPage } from './lazy-page.js';
import { MissingPage } from './missing.page.js';
import { ShellLayout } from './shell.layout.js';

// Each page except the first one after the login is a separate file, which is loaded when the page is first opened.
const ChatsPage = lazyPage(async () => (await import('../chats/chats.page.js')).ChatsPage);
const ConnectorsPage = lazyPage(async () => (await import('../connectors/connectors.page.js')).ConnectorsPage);
const CommandsPage = lazyPage(async () => (await import('../commands/commands.page.js')).CommandsPage);
const EventLinkPage = lazyPage(async () => (await import('../events/event.page.js')).EventLinkPage);
const EventsPage = lazyPage(async () => (await import('../events/events.page.js')).EventsPage);
const HealthPage = lazyPage(async () => (await import('../health/health.page.js')).HealthPage);
const SessionPage = lazyPage(async () => (await import('../sessions/session.page.js')).SessionPage);
const SubscriptionPage = lazyPage(async () => (await import('../subscriptions/subscription.page.js')).SubscriptionPage);
const SubscriptionsPage = lazyPage(async () => (await import('../subscriptions/subscriptions.page.js')).SubscriptionsPage);
const TokensPage = lazyPage(async () => (await import('../tokens/tokens.page.js')).TokensPage);
const WebhookPage = lazyPage(async () => (await import('../webhooks/webhook.page.js')).WebhookPage);
const WebhooksPage = lazyPage(async () => (await import('../webhooks/webhooks.page.js')).WebhooksPage);

/** The route of each page. */
export function AppRoutes(): ReactNode {
  return (
    <Routes>
      <Route element={<ShellLayout />}>
        <Route index element={<Navigate to="/sessions" replace />} />
        <Route path="sessions" element={<SessionsPage />} />
        <Route path="sessions/:session" element={<SessionPage />} />
        <Route path="chats/:session?/:jid?" element={<ChatsPage />} />
        <Route path="events" element={<EventsPage />} />
        <Route path="events/:session/:cursor" element={<EventLinkPage />} />
        <Route path="commands/:command?" element={<CommandsPage />} />
        <Route path="subscriptions" element={<SubscriptionsPage />} />
        <Route path="subscriptions/:name" element={<SubscriptionPage />} />
        <Route path="webhooks" element={<WebhooksPage />} />
        <Route path="webhooks/:id" element={<WebhookPage />} />
        <Route path="tokens" element={<TokensPage />} />
        <Route path="connectors" element={<ConnectorsPage />} />
        <Route path="health" element={<HealthPage />} />
        <Route path="*" element={<MissingPage />} />
      </Route>
    </Routes>
  );
}
