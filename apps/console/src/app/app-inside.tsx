// The styles that the list of sessions needs in addition to those of the login; `all-styles.ts` imports the styles of all components.
import '@mantine/core/styles/Badge.layer.css';
import '@mantine/core/styles/Skeleton.layer.css';
import '@mantine/core/styles/ThemeIcon.layer.css';
import { useState, type ReactNode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { createQueries } from '../edge/query.settings.js';
import { addFirstTexts } from '../i18n/page-texts.js';
import { LiveProvider } from '../live/live.provider.js';
import { useOverlaysRequested } from '../notices/overlays.store.js';
import { AppRoutes } from './app-routes.js';
import { lazyPart } from './lazy-page.js';

addFirstTexts();

const OverlaysView = lazyPart(async () => (await import('../notices/overlays.view.js')).OverlaysView);

/** The console for a logged-in user. Its cached data is discarded at logout, so the next login starts without it. */
export function Inside(): ReactNode {
  const [queries] = useState(createQueries);
  const overlaysRequested = useOverlaysRequested();
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <LiveProvider>
          <AppRoutes />
        </LiveProvider>
      </BrowserRouter>
      {overlaysRequested && <OverlaysView />}
    </QueryClientProvider>
  );
}
