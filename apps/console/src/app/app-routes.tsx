import type { ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { ChatsPage } from '../chats/chats.page.js';
import { EventsPage } from '../events/events.page.js';
import { ConnectorsPage } from '../connectors/connectors.page.js';
import { HealthPage } from '../health/health.page.js';
import { SessionPage } from '../sessions/session.page.js';
import { SessionsPage } from '../sessions/sessions.page.js';
import { TokensPage } from '../tokens/tokens.page.js';
import { WebhookPage } from '../webhooks/webhook.page.js';
import { WebhooksPage } from '../webhooks/webhooks.page.js';
import { MissingPage } from './missing.page.js';
import { ShellLayout } from './shell.layout.js';

/** Which page is at which address. */
export function AppRoutes(): ReactNode {
  return (
    <Routes>
      <Route element={<ShellLayout />}>
        <Route index element={<Navigate to="/sessions" replace />} />
        <Route path="sessions" element={<SessionsPage />} />
        <Route path="sessions/:session" element={<SessionPage />} />
        <Route path="chats/:session?/:jid?" element={<ChatsPage />} />
        <Route path="events" element={<EventsPage />} />
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
