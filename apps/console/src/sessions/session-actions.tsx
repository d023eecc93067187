import type { ReactNode } from 'react';
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { EllipsisVertical, LogOut, Play, RotateCw, Square, Trash2, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../login/signed-in.context.js';
import { confirm } from '../notices/confirm.js';
import { useWish, type Wish } from './sessions.query.js';
import { ASKED_FIRST, sensibleWishes } from './wish.policy.js';

const ICONS: Record<Wish, LucideIcon> = { start: Play, stop: Square, restart: RotateCw, logout: LogOut, delete: Trash2 };

/** What can be done with a session: one button, and a menu for the rest. Nothing without the scope `control`. */
export function SessionActions({ view, onDeleted }: { view: SessionView; onDeleted?: () => void }): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const { mutate, isPending, variables } = useWish(view.session);
  const [first, ...others] = sensibleWishes(view);
  if (!mayControl || first === undefined) return null;

  const ask = (wish: Wish): void => {
    const go = (): void => mutate(wish, { onSuccess: () => wish === 'delete' && onDeleted?.() });
    const kind = ASKED_FIRST[wish];
    if (kind === false) return go();
    confirm({
      title: t(`sessions.confirm.${wish}.title`, { session: view.session }),
      text: t(`sessions.confirm.${wish}.text`),
      action: t(`sessions.wishes.${wish}`),
      dangerous: kind === 'dangerous',
      onConfirm: go
    });
  };
  const First = ICONS[first];
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        miw="6.25rem"
        variant={first === 'start' || first === 'restart' ? 'filled' : 'default'}
        leftSection={<First size={15} aria-hidden />}
        loading={isPending && variables === first}
        onClick={() => ask(first)}
        aria-label={t('sessions.wishOf', { wish: t(`sessions.wishes.${first}`), session: view.session })}
      >
        {t(`sessions.wishes.${first}`)}
      </Button>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('sessions.more', { session: view.session })}
            loading={isPending && variables !== first}
          >
            <EllipsisVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map(wish => {
            const Icon = ICONS[wish];
            return (
              <Menu.Item
                key={wish}
                leftSection={<Icon size={15} aria-hidden />}
                onClick={() => ask(wish)}
                {...(ASKED_FIRST[wish] === 'dangerous' ? { color: 'red' } : {})}
              >
                {t(`sessions.wishes.${wish}`)}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
