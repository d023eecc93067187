import { lazy, Suspense, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { LoginGate } from '../login/login-gate.js';
import { FullLoader } from '../notices/full-loader.js';
import { resolveColors, theme } from './theme.js';

// Whoever has to log in first waits for the login alone.
const Inside = lazy(async () => ({ default: (await import('./app-inside.js')).Inside }));

/** The console, from its theme down to its pages. */
export function App(): ReactNode {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveColors} defaultColorScheme="auto">
      <LoginGate>
        <Suspense fallback={<FullLoader />}>
          <Inside />
        </Suspense>
      </LoginGate>
    </MantineProvider>
  );
}
