import { useEffect, useState, type ReactNode } from 'react';
import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import type { PasskeyStage } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { DocumentLink } from '../app/document-link.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { AssertionPanel } from './assertion.panel.js';
import classes from './pairing.module.css';
import type { Passkey } from './passkey.query.js';

interface PasskeyPanelProps {
  readonly session: string;
  readonly stage: Exclude<PasskeyStage, 'failed'>;
  readonly passkey: Passkey;
}

/** The steps that WhatsApp requires to link an account with a passkey, by stage. */
export function PasskeyPanel({ session, stage, passkey }: PasskeyPanelProps): ReactNode {
  const { t } = useTranslation();
  const { request, error, pending } = passkey;
  return (
    <Stack gap="md" data-passkey={stage}>
      <Group justify="space-between" wrap="nowrap" align="baseline">
        <Title order={3} size="h5">
          {t(TITLES[stage])}
        </Title>
        {request?.expiresAt != null && <TimeLeft key={request.expiresAt} until={request.expiresAt} />}
      </Group>
      {error !== null && <ErrorNotice error={error} />}
      <StagePart session={session} stage={stage} passkey={passkey} />
      {stage !== 'finishing' && (
        <Group justify="space-between">
          <DocumentLink name="passkeys" />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={passkey.cancel} disabled={pending}>
            {t('pairing.passkey.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const TITLES = {
  assertion: 'pairing.passkey.asked',
  sending: 'pairing.passkey.sending',
  'waiting-for-phone': 'pairing.passkey.phone',
  confirmation: 'pairing.passkey.compare',
  finishing: 'pairing.passkey.finishing'
} as const;

function StagePart({ session, stage, passkey }: PasskeyPanelProps): ReactNode {
  const { t } = useTranslation();
  const { request, pending, confirm } = passkey;
  switch (stage) {
    case 'assertion':
      return request?.options ? <AssertionPanel session={session} request={request} passkey={passkey} /> : <Waiting />;
    case 'waiting-for-phone':
      return <Waiting text={t('pairing.passkey.phoneHint')} />;
    case 'confirmation':
      return (
        <Stack align="center" gap="sm">
          <Code code={request?.code ?? null} />
          <Group>
            <Button onClick={() => confirm(true)} loading={pending}>
              {t('pairing.passkey.equal')}
            </Button>
            <Button variant="default" onClick={() => confirm(false)} disabled={pending}>
              {t('pairing.passkey.differs')}
            </Button>
          </Group>
          <Text size="sm" c="dimmed" ta="center">
            {t('pairing.passkey.compareHint')}
          </Text>
        </Stack>
      );
    case 'sending':
      return <Waiting />;
    case 'finishing':
      return (
        <Stack align="center" gap="sm">
          <Code code={request?.code ?? null} />
          <Waiting />
        </Stack>
      );
  }
}

function Code({ code }: { code: string | null }): ReactNode {
  const { t } = useTranslation();
  if (code === null) return null;
  return (
    <output className={classes.code} aria-label={t('pairing.passkey.codeLabel')} data-passkey-code={code}>
      {code}
    </output>
  );
}

function Waiting({ text }: { text?: string }): ReactNode {
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" aria-hidden />
      {text !== undefined && <Text size="sm">{text}</Text>}
    </Group>
  );
}

function TimeLeft({ until }: { until: string }): ReactNode {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  return (
    <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      {t('pairing.passkey.left', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') })}
    </Text>
  );
}
