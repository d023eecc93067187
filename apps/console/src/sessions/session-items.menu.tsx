import type { ReactNode } from 'react';
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MenuButton } from '../menus/late.menu.js';
import { OpenedMenu } from '../menus/opened.menu.js';
import type { Wish } from './sessions.query.js';
import { WISH_ICONS } from './wish-icons.table.js';
import { ASKED_FIRST } from './wish.policy.js';

export interface SessionItemsProps {
  readonly wishes: readonly Wish[];
  readonly onWish: (wish: Wish) => void;
}

/** The menu of the further actions for a session. */
export function SessionItems({ button, wishes, onWish }: SessionItemsProps & { readonly button: MenuButton }): ReactNode {
  const { t } = useTranslation();
  return (
    <OpenedMenu button={button} width={200}>
      {wishes.map(wish => {
        const Icon = WISH_ICONS[wish];
        return (
          <Menu.Item
            key={wish}
            leftSection={<Icon size={15} aria-hidden />}
            onClick={() => onWish(wish)}
            {...(ASKED_FIRST[wish] === 'dangerous' ? { color: 'red' } : {})}
          >
            {t(`sessions.wishes.${wish}`)}
          </Menu.Item>
        );
      })}
    </OpenedMenu>
  );
}
