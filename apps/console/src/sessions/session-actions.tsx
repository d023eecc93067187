import type { ReactNode } from 'react';
import { ActionIcon, Button, Group } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { EllipsisVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { withRest } from '../app/rest.loader.js';
import { useMay } from '../login/signed-in.context.js';
import { LateMenu } from '../menus/late.menu.js';
import { confirm } from '../notices/confirm.js';
import { useWish, type Wish } from './sessions.query.js';
import { WISH_ICONS } from './wish-icons.table.js';
import { ASKED_FIRST, sensibleWishes } from './wish.policy.js';

const loadItems = withRest(async () => (await import('./session-items.menu.js')).SessionItems);

/** The actions for a session: a button for the most likely one and a menu for the others. Renders nothing without the scope `control`. */
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
  const First = WISH_ICONS[first];
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
      <LateMenu
        load={loadItems}
        items={{ wishes: others, onWish: ask }}
        button={
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('sessions.more', { session: view.session })}
            loading={isPending && variables !== first}
          >
            <EllipsisVertical size={16} aria-hidden />
          </ActionIcon>
        }
      />
    </Group>
  );
}
