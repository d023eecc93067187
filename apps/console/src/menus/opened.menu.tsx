import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Menu } from '@mantine/core';
import type { MenuButton } from './late.menu.js';

interface OpenedMenuProps {
  readonly button: MenuButton;
  readonly width?: number;
  readonly children: ReactNode;
}

/** A menu that opens as soon as it is rendered. */
export function OpenedMenu({ button, width, children }: OpenedMenuProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const around = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // This button replaces the one that was pressed, so it takes the focus; the focus returns to it when the menu closes.
    around.current?.querySelector('button')?.focus();
    setOpened(true);
  }, []);
  return (
    <span ref={around}>
      <Menu position="bottom-end" opened={opened} onChange={setOpened} withinPortal {...(width === undefined ? {} : { width })}>
        <Menu.Target>{button}</Menu.Target>
        <Menu.Dropdown>{children}</Menu.Dropdown>
      </Menu>
    </span>
  );
}
