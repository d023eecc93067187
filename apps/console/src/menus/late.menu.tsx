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
  /** Loads the menu with its button, which is in a separate file. */
  readonly load: () => Promise<ComponentType<Items & { readonly button: MenuButton }>>;
  readonly items: Items;
}

/** The button of a menu that is loaded when the pointer or the focus reaches it. The code of menus would be a sixth of the code of the first page. */
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
