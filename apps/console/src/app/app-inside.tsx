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

/** What is behind the login. What it knows goes with it: the next login begins with nothing. */
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
