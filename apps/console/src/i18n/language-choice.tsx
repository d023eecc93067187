import type { ReactNode } from 'react';
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from './language.table.js';
import { chooseLanguage } from './translations.js';

/**
 * The language selection before the login: a native select element, because a Mantine menu would be a fifth of the code that is loaded there.
 */
export function LanguageChoice(): ReactNode {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('language.choose')}
      value={i18n.language}
      onChange={changed => void chooseLanguage(changed.currentTarget.value as Language)}
      data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
      variant="unstyled"
    />
  );
}
