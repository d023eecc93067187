import { useEffect, type ReactNode } from 'react';
import { modals, ModalsProvider } from '@mantine/modals';
import { Notifications, notifications } from '@mantine/notifications';
import { overlays } from './overlays.store.js';

/** Dialogs and notices over the page. */
export function OverlaysView(): ReactNode {
  useEffect(() => {
    overlays.show({ modals, notifications });
    return () => overlays.show(null);
  }, []);
  return (
    <>
      <ModalsProvider />
      <Notifications position="top-right" />
    </>
  );
}
