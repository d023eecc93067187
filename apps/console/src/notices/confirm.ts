import i18next from 'i18next';
import { overlays } from './overlays.store.js';

interface Question {
  readonly title: string;
  readonly text: string;
  /** The label of the confirm button. */
  readonly action: string;
  readonly dangerous?: boolean;
  readonly onConfirm: () => void;
}

/** Asks for confirmation before an action that cannot be undone. */
export function confirm({ title, text, action, dangerous = false, onConfirm }: Question): void {
  overlays.with(({ modals }) =>
    modals.openConfirmModal({
      title,
      children: text,
      labels: { confirm: action, cancel: i18next.t('app.cancel') },
      confirmProps: { color: dangerous ? 'red.9' : 'bus' },
      closeButtonProps: { 'aria-label': i18next.t('app.close') },
      onConfirm
    })
  );
}
