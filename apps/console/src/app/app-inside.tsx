import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import { useState, type ReactNode } from 'react';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { createQueries } from '../edge/query.settings.js';
import { addPageTexts } from '../i18n/page-texts.js';
import { LiveProvider } from '../live/live.provider.js';
import { AppRoutes } from './app-routes.js';

addPageTexts();

/** What is behind the login. What it knows goes with it: the next login begins with nothing. */
export function Inside(): ReactNode {
  const [queries] = useState(createQueries);
  return (
    <QueryClientProvider client={queries}>
      <ModalsProvider>
        <Notifications position="top-right" />
        <BrowserRouter>
          <LiveProvider>
            <AppRoutes />
          </LiveProvider>
        </BrowserRouter>
      </ModalsProvider>
    </QueryClientProvider>
  );
}
