import type { ReactNode } from 'react';
import { SimpleGrid } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { phoneOf } from '../chats/jid.text.js';
import { FactsCard } from '../notices/facts.card.js';

/** The details of a session, in rows. */
export function SessionFacts({ view, narrow }: { view: SessionView; narrow: boolean }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { account, counters, connector, epoch, lastInboundAt, lastMessageAt, clientVersion, clientExpiresAt, snapshots } = view.status;
  const linked: [string, ReactNode][] =
    account === null
      ? [[t('sessions.facts.account'), t('sessions.notLinked')]]
      : [
          [t('sessions.facts.account'), phoneOf(account.id)],
          [t('sessions.facts.name'), account.name ?? '–'],
          [t('sessions.facts.platform'), account.platform ?? '–'],
          ['LID', account.lid ?? '–']
        ];
  const life: [string, ReactNode][] = [
    [t('sessions.facts.connector'), connector ?? t('sessions.facts.nobody')],
    [t('sessions.facts.epoch'), epoch],
    [t('sessions.facts.desired'), t(`sessions.desired.${view.desired}`)],
    [t('sessions.facts.created'), timeText(view.createdAt)],
    [t('sessions.facts.lastInbound'), timeText(lastInboundAt)],
    [t('sessions.facts.lastMessage'), timeText(lastMessageAt)],
    [t('sessions.facts.clientVersion'), clientVersion ?? '–'],
    [t('sessions.facts.clientExpires'), clientExpiresAt === null ? t('sessions.facts.unannounced') : timeText(clientExpiresAt)],
    [t('sessions.facts.snapshots'), snapshots.length]
  ];
  const traffic: [string, ReactNode][] = [
    [t('sessions.facts.messagesIn'), counters.messagesIn],
    [t('sessions.facts.messagesOut'), counters.messagesOut],
    [t('sessions.facts.events'), counters.eventsPublished],
    [t('sessions.facts.opens'), counters.opens],
    [t('sessions.facts.reconnects'), counters.reconnects]
  ];
  return (
    <SimpleGrid cols={narrow ? 1 : { base: 1, sm: 2, lg: 3 }} spacing="md">
      <FactsCard title={t('sessions.facts.linked')} rows={linked} />
      <FactsCard title={t('sessions.facts.life')} rows={life} />
      <FactsCard title={t('sessions.facts.traffic')} rows={traffic} />
    </SimpleGrid>
  );
}
