import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Menu } from '@mantine/core';
import type { MenuButton } from './late.menu.js';

interface OpenedMenuProps {
  readonly button: MenuButton;
  readonly width?: number;
  readonly children: ReactNode;
}

/** A menu that was loaded because somebody opens it. */
export function OpenedMenu({ button, width, children }: OpenedMenuProps): ReactNode {
  const [opened, setOpened] = useState(false);
  const around = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // It stands where the button was that was pressed; the focus returns here when the menu closes.
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
