import type { ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { ChatsPage } from '../chats/chats.page.js';
import { EventsPage } from '../events/events.page.js';
import { SessionPage } from '../sessions/session.page.js';
import { SessionsPage } from '../sessions/sessions.page.js';
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
        <Route path="*" element={<MissingPage />} />
      </Route>
    </Routes>
  );
}
