import { useEffect, useState, type ReactNode } from 'react';
import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A dialog that is there as long as it is shown. When it leaves, the keyboard goes back to where it was before. */
export function DialogModal(props: Omit<ModalProps, 'opened'>): ReactNode {
  const { t } = useTranslation();
  useFocusBack();
  return <Modal opened closeButtonProps={{ 'aria-label': t('app.close') }} {...props} />;
}

const DIALOG = '[role="dialog"]';

/** What had the focus before the first of the dialogs that followed each other. */
let opener: HTMLElement | null = null;

/** Mantine returns the focus only from dialogs that stay on the page while they are closed. */
function useFocusBack(): void {
  // Before the dialog takes the focus.
  useState(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement !== document.body && activeElement.closest(DIALOG) === null)
      opener = activeElement;
  });
  useEffect(
    () => () => {
      // After the dialog has left, and the next one or the next page has taken the focus if there is one.
      setTimeout(() => {
        if (document.activeElement !== document.body || document.querySelector(DIALOG) !== null) return;
        const target = opener?.isConnected === true ? opener : document.getElementById('main');
        target?.focus({ preventScroll: true });
      });
    },
    []
  );
}
