import { useEffect, useState, type ReactNode } from 'react';
import { Center, Loader, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../notices/error.notice.js';
import type { SessionStateName } from '../sessions/session-state.table.js';
import classes from './pairing.module.css';
import { useQr, type QrView } from './qr.query.js';

/** The QR code and its remaining validity. */
export function QrPanel({ session, state }: { session: string; state: SessionStateName }): ReactNode {
  const { t } = useTranslation();
  const { data, error } = useQr(session, state === 'pairing');
  if (error !== null) return <ErrorNotice error={error} />;
  return (
    <Stack align="center" gap="sm">
      <div className={classes.qr}>
        {data && state === 'pairing' ? (
          <img src={data.image} alt={t('pairing.qrAlt', { session })} data-attempt={data.attempt} />
        ) : (
          <Center h="100%">
            <Stack align="center" gap="xs">
              <Loader aria-hidden color="#0a8560" />
              <Text size="sm" c="#333" ta="center" role="status">
                {t('pairing.wait')}
              </Text>
            </Stack>
          </Center>
        )}
      </div>
      {data && state === 'pairing' && <Validity key={data.image} qr={data} />}
      <Text size="sm" c="dimmed" ta="center" maw={360}>
        {t('pairing.steps')}
      </Text>
    </Stack>
  );
}

function Validity({ qr }: { qr: QrView }): ReactNode {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  const [wholeMs] = useState(() => Math.max(1, qr.validUntil - Date.now()));
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  const leftMs = Math.max(0, qr.validUntil - now);
  const seconds = Math.ceil(leftMs / 1_000);
  return (
    <Stack gap={4} w="100%" maw={280}>
      <Progress value={(100 * leftMs) / wholeMs} size="xs" aria-label={t('pairing.validFor', { seconds })} />
      <Text size="xs" c="dimmed" ta="center">
        {t('pairing.validFor', { seconds })}
      </Text>
    </Stack>
  );
}
