import type { ReactNode } from 'react';
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MenuButton } from '../menus/late.menu.js';
import { OpenedMenu } from '../menus/opened.menu.js';
import { LANGUAGES, type Language } from './language.table.js';
import { chooseLanguage } from './translations.js';

/** The language menu, with each language in its own name. */
export function LanguageItems({ button }: { button: MenuButton }): ReactNode {
  const { i18n } = useTranslation();
  return (
    <OpenedMenu button={button}>
      <Menu.RadioGroup value={i18n.language} onChange={code => void chooseLanguage(code as Language)}>
        {LANGUAGES.map(({ code, name }) => (
          <Menu.RadioItem key={code} value={code} lang={code} closeMenuOnClick>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </OpenedMenu>
  );
}
