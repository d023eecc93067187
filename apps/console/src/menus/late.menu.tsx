import { cloneElement, useState, type ComponentType, type MouseEventHandler, type ReactElement, type ReactNode } from 'react';
import { notifyStale } from '../notices/notify.js';

interface ButtonProps {
  onClick?: MouseEventHandler;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
}

/** The button that opens a menu. */
export type MenuButton = ReactElement<ButtonProps>;

interface LateMenuProps<Items> {
  readonly button: MenuButton;
  /** The menu around the button, from a file of its own. */
  readonly load: () => Promise<ComponentType<Items & { readonly button: MenuButton }>>;
  readonly items: Items;
}

/** The button of a menu that is loaded once somebody is about to open it: what opens menus is a sixth of what a first page needs. */
export function LateMenu<Items extends object>({ button, load, items }: LateMenuProps<Items>): ReactNode {
  const [Menu, setMenu] = useState<ComponentType<Items & { readonly button: MenuButton }> | null>(null);
  if (Menu !== null) return <Menu {...items} button={button} />;
  const warm = (): void => void load().catch(() => undefined);
  const open = (): void => void load().then(loaded => setMenu(() => loaded), notifyStale);
  return cloneElement(button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: open,
    onPointerEnter: warm,
    onFocus: warm
  });
}
