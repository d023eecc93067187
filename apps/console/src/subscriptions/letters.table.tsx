import { useState, type ReactNode } from 'react';
import { Button, Card, Code, Group, Stack, Text } from '@mantine/core';
import type { DeadLetter } from '@wabus/contracts';
import { MailCheck, Redo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { JsonView } from '../json/json.view.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { ExactTime } from '../times/exact-time.js';
import { useRedrive, useSubscriptionLetters } from './subscriptions.query.js';

/** The dead letters of a subscription, which can be redriven. */
export function LettersTable({ name }: { name: string }): ReactNode {
  const { t } = useTranslation();
  const query = useSubscriptionLetters(name);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const redrive = useRedrive(name);
  const go = (letters: readonly number[] | null): void =>
    redrive.mutate(letters, { onSuccess: ({ redriven }) => notifyDone(t('subscriptions.redriven', { count: redriven })) });
  return (
    <QueryView
      query={query}
      isEmpty={({ pages }) => pages.every(page => page.deadLetters.length === 0)}
      empty={
        <Card withBorder padding={0}>
          <EmptyNotice icon={MailCheck} title={t('subscriptions.noDead')} text={t('subscriptions.noDeadHint')} />
        </Card>
      }
    >
      {({ pages }) => (
        <Card withBorder padding="md">
          <Stack>
            <Group justify="flex-end">
              <Button leftSection={<Redo2 size={16} aria-hidden />} loading={redrive.isPending} onClick={() => go(null)}>
                {t('subscriptions.redriveAll')}
              </Button>
            </Group>
            {pages
              .flatMap(page => page.deadLetters)
              .map(letter => (
                <Letter key={letter.letter} letter={letter} onRedrive={() => go([letter.letter])} />
              ))}
            {hasNextPage && (
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                {t('subscriptions.more')}
              </Button>
            )}
          </Stack>
        </Card>
      )}
    </QueryView>
  );
}

function Letter({ letter, onRedrive }: { letter: DeadLetter; onRedrive: () => void }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { event, attempts, reason, redriving } = letter;
  return (
    <Stack gap={4} data-letter={letter.letter}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 14rem' }}>
          <Text size="xs" c="dimmed">
            <ExactTime at={event.at} /> · {event.session} · {t('subscriptions.attempts', { count: attempts })}
          </Text>
          <Code>{event.event}</Code>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {reason}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('subscriptions.hide') : t('subscriptions.show')}
          </Button>
          <Button size="compact-sm" variant="default" disabled={redriving} onClick={onRedrive}>
            {redriving ? t('subscriptions.redriving') : t('subscriptions.redrive')}
          </Button>
        </Group>
      </Group>
      {open && <JsonView value={event} label={event.event} maxHeight="40dvh" />}
    </Stack>
  );
}
