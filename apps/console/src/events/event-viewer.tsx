import { lazy, Suspense, type ReactNode } from 'react';
import { Accordion, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { AnyEvent } from '@wabus/sdk';
import { Link2, MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../login/signed-in.context.js';
import { CopyText } from '../notices/copy.text.js';
import { SnippetsView } from '../snippets/snippets.view.js';
import { ExactTime } from '../times/exact-time.js';
import { chatToOpen } from './event-chats.policy.js';
import { readingSnippets, subscribingSnippets } from './event-snippets.policy.js';
import { addressOfEvent } from './event.query.js';
import { ResendMenu } from './resend.menu.js';

const JsonView = lazy(async () => ({ default: (await import('../json/json.view.js')).JsonView }));

interface EventViewerProps {
  readonly event: AnyEvent;
  /** Highlighted in the payload. */
  readonly find?: string;
  /** Whether the event is shown on its own page. */
  readonly alone?: boolean;
}

/** One event: its metadata, its payload, and the actions for it. */
export function EventViewer({ event, find = '', alone = false }: EventViewerProps): ReactNode {
  const { t } = useTranslation();
  const controls = useMay('control');
  const chat = chatToOpen(event.data);
  const facts: [string, ReactNode][] = [
    [t('events.facts.session'), event.session],
    [t('events.facts.at'), <ExactTime key="at" at={event.at} />],
    [t('events.facts.epoch'), event.epoch],
    [t('events.facts.id'), event.id],
    [t('events.facts.cursor'), event.cursor]
  ];
  const button = { size: 'compact-sm', variant: 'default' } as const;
  return (
    <Stack gap="sm" data-event-id={event.id}>
      <Group justify="space-between" gap="xs">
        {!alone && (
          <Title order={2} size="h5">
            {event.event}
          </Title>
        )}
        <Group gap="xs">
          <CopyText text={JSON.stringify(event, null, 2)} />
          {!alone && (
            <Button {...button} component={Link} to={addressOfEvent(event)} leftSection={<Link2 size={14} aria-hidden />}>
              {t('events.link')}
            </Button>
          )}
          {chat !== null && (
            <Button
              {...button}
              component={Link}
              to={`/chats/${encodeURIComponent(event.session)}/${encodeURIComponent(chat)}`}
              leftSection={<MessagesSquare size={14} aria-hidden />}
            >
              {t('events.showChat')}
            </Button>
          )}
          {controls && <ResendMenu event={event} />}
        </Group>
      </Group>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="xs" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="xs">
              {value}
            </Text>
          </div>
        ))}
      </dl>
      <Suspense fallback={<Skeleton height={160} />}>
        <JsonView key={event.cursor} value={event.data} label={t('events.payload')} find={find} maxHeight={alone ? '70dvh' : '50dvh'} />
      </Suspense>
      <Accordion variant="contained" order={3}>
        <Accordion.Item value="code">
          <Accordion.Control>{t('events.code')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              <Text size="sm">{t('events.readAgain')}</Text>
              <SnippetsView snippets={readingSnippets(event, location.origin)} label={t('events.readAgain')} />
              <Text size="sm">{t('events.subscribe')}</Text>
              <SnippetsView snippets={subscribingSnippets(event, location.origin)} label={t('events.subscribe')} />
              <Anchor href="/api/docs" target="_blank" size="sm">
                {t('app.apiDocs')}
              </Anchor>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
