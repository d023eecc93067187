import { useState, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { createQueries } from '../edge/query.settings.js';
import { LiveProvider } from '../live/live.provider.js';
import { LoginGate } from '../login/login-gate.js';
import { AppRoutes } from './app-routes.js';
import { resolveColors, theme } from './theme.js';

/** The console, from its theme down to its pages. */
export function App(): ReactNode {
  const [queries] = useState(createQueries);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveColors} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ModalsProvider>
          <Notifications position="top-right" />
          <BrowserRouter>
            <LoginGate>
              <LiveProvider>
                <AppRoutes />
              </LiveProvider>
            </LoginGate>
          </BrowserRouter>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
