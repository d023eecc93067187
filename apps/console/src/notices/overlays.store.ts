import { useSyncExternalStore } from 'react';
import type { modals } from '@mantine/modals';
import type { notifications } from '@mantine/notifications';

/** Dialogs and notices, which appear over the page. */
export interface Overlays {
  readonly modals: typeof modals;
  readonly notifications: typeof notifications;
}

type Use = (overlays: Overlays) => void;

/** Dialogs and notices are loaded after the first page. A call of `with` before that waits until they are loaded. */
class OverlaysStore {
  private shown: Overlays | null = null;
  private requested = false;
  private waiting: Use[] = [];
  private readonly listeners = new Set<() => void>();

  with(use: Use): void {
    if (this.shown !== null) return use(this.shown);
    this.waiting.push(use);
    this.request();
  }

  /** Loads the dialogs and notices, unless they are loaded already. */
  readonly request = (): void => {
    this.requested = true;
    for (const listener of this.listeners) listener();
  };

  /** Closes all open dialogs. Called when the user leaves the page that they belong to. */
  readonly closeDialogs = (): void => this.shown?.modals.closeAll();

  readonly isRequested = (): boolean => this.requested;

  /** Called once the dialogs and notices are on the page, and with `null` when they leave it. */
  show(overlays: Overlays | null): void {
    this.shown = overlays;
    if (overlays !== null) for (const use of this.waiting.splice(0)) use(overlays);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
}

export const overlays = new OverlaysStore();

export function useOverlaysRequested(): boolean {
  return useSyncExternalStore(overlays.subscribe, overlays.isRequested);
}
