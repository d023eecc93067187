import { useEffect, useState, type ReactNode } from 'react';
import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A dialog that is on the page only while it is open. When it closes, the focus returns to where it was before. */
export function DialogModal(props: Omit<ModalProps, 'opened'>): ReactNode {
  const { t } = useTranslation();
  useFocusBack();
  return <Modal opened closeButtonProps={{ 'aria-label': t('app.close') }} {...props} />;
}

const DIALOG = '[role="dialog"]';

/** The element that had the focus before the first of several successive dialogs. */
let opener: HTMLElement | null = null;

/** Returns the focus when the dialog closes. Mantine does so only for dialogs that stay on the page while they are closed. */
function useFocusBack(): void {
  // This runs before the dialog takes the focus.
  useState(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement !== document.body && activeElement.closest(DIALOG) === null)
      opener = activeElement;
  });
  useEffect(
    () => () => {
      // This runs after the dialog has closed and a following dialog or page has taken the focus.
      setTimeout(() => {
        if (document.activeElement !== document.body || document.querySelector(DIALOG) !== null) return;
        const target = opener?.isConnected === true ? opener : document.getElementById('main');
        target?.focus({ preventScroll: true });
      });
    },
    []
  );
}
