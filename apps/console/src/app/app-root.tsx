import { lazy, Suspense, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { LoginGate } from '../login/login-gate.js';
import { loginNote } from '../login/login-requests.js';
import { FullLoader } from '../notices/full-loader.js';
import { resolveColors, theme } from './theme.js';

const load = () => import('./app-inside.js');
// Whoever has to log in first waits for the login alone. Whoever is logged in already does not wait for the edge to say so.
if (loginNote.read()) load().catch(() => undefined);
const Inside = lazy(async () => ({ default: (await load()).Inside }));

/** The console, from its theme down to its pages. */
export function App(): ReactNode {
  // It writes its variables itself: a file that repeats them is a third of the styles of the first page.
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveColors} deduplicateCssVariables={false} defaultColorScheme="auto">
      <LoginGate>
        <Suspense fallback={<FullLoader />}>
          <Inside />
        </Suspense>
      </LoginGate>
    </MantineProvider>
  );
}
