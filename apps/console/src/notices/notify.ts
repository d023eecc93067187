import i18next from 'i18next';
import { errorFrom } from '../edge/edge-error.js';
import { overlays } from './overlays.store.js';

interface Notice {
  readonly title?: string;
  readonly message: string;
  readonly color: string;
  readonly autoClose: number;
}

/** Shows a short notice that something was done. */
export function notifyDone(message: string): void {
  notify({ message, color: 'bus', autoClose: 4_000 });
}

/** Shows a notice that something failed, with the error code and what to do. */
export function notifyError(thrown: unknown): void {
  const { code, message } = errorFrom(thrown);
  const what = code === 'UNREACHABLE' ? i18next.t('notices.unreachable') : message;
  notify({ title: `${what} (${code})`, message: i18next.t(`notices.remedies.${code}`), color: 'red', autoClose: 10_000 });
}

/** Shows a notice that the browser could not copy. */
export function notifyNotCopied(): void {
  notify({ message: i18next.t('app.notCopied'), color: 'red', autoClose: 10_000 });
}

/** Shows a notice that a part of the page could not be loaded. */
export function notifyStale(): void {
  notify({ title: i18next.t('app.stale'), message: i18next.t('app.staleHint'), color: 'red', autoClose: 10_000 });
}

function notify(notice: Notice): void {
  // The close button has no text, so screen readers need a label.
  const closeButtonProps = { 'aria-label': i18next.t('app.close') };
  overlays.with(({ notifications }) => notifications.show({ ...notice, closeButtonProps }));
}
