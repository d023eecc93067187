import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { errorFrom } from '../edge/edge-error.js';

/** Says in passing that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'bus', autoClose: 4_000, ...closable() });
}

/** Says in passing that something failed, with the code and what to do. */
export function notifyError(thrown: unknown): void {
  const { code, message } = errorFrom(thrown);
  const what = code === 'UNREACHABLE' ? i18next.t('notices.unreachable') : message;
  notifications.show({
    title: `${what} (${code})`,
    message: i18next.t(`notices.remedies.${code}`),
    color: 'red',
    autoClose: 10_000,
    ...closable()
  });
}

/** The button has no text. */
function closable(): { closeButtonProps: { 'aria-label': string } } {
  return { closeButtonProps: { 'aria-label': i18next.t('app.close') } };
}
