import { lazy, Suspense, type ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { LoginGate } from '../login/login-gate.js';
import { loginNote } from '../login/login-requests.js';
import { FullLoader } from '../notices/full-loader.js';
import { resolveColors, theme } from './theme.js';

const load = () => import('./app-inside.js');
// A visitor who must log in loads only the login. A visitor who is probably logged in loads the rest while the edge checks the login.
if (loginNote.read()) load().catch(() => undefined);
const Inside = lazy(async () => ({ default: (await load()).Inside }));

/** The console, from its theme down to its pages. */
export function App(): ReactNode {
  // Mantine writes its CSS variables at run time: as a file, they would be a third of the styles of the first page.
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
