import type { ReactNode } from 'react';
import { Anchor, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';

/**
 * WhatsApp's reason for refusing a login, when the restriction ends, and whether a review can be requested. The page does not contain the token
 * for a review.
 */
export function RefusalFacts({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { lastDisconnect, appeal } = view.status;
  const { refusal, restrictedUntil } = lastDisconnect ?? {};
  const said = [refusal?.header, refusal?.text, refusal?.message].filter(Boolean);
  return (
    <>
      {refusal?.cause && <Text size="sm">{t(`sessions.refusal.causes.${refusal.cause}`)}</Text>}
      {refusal?.until && <Text size="sm">{t('sessions.refusal.until', { at: timeText(refusal.until) })}</Text>}
      {said.length > 0 && <Text size="sm">{t('sessions.refusal.said', { text: said.join(' – ') })}</Text>}
      {refusal?.url?.startsWith('https://') && (
        <Anchor size="sm" href={refusal.url} target="_blank" rel="noreferrer">
          {t('sessions.refusal.more')}
        </Anchor>
      )}
      {restrictedUntil !== undefined && (
        <Text size="sm">
          {restrictedUntil === null
            ? t('sessions.refusal.restricted')
            : t('sessions.refusal.restrictedUntil', { at: timeText(restrictedUntil) })}
        </Text>
      )}
      {appeal && <Text size="sm">{t('sessions.refusal.appeal', { at: timeText(appeal.at), session: view.session })}</Text>}
    </>
  );
}
