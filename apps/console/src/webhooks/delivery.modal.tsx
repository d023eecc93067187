import { useState, type ReactNode } from 'react';
import { Anchor, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import type { AttemptView, DeliveryView, TestDelivery, WebhookView } from '@wabus/contracts';
import { Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { addressOfEvent } from '../events/event.query.js';
import { JsonView } from '../json/json.view.js';
import { CopyText } from '../notices/copy.text.js';
import { DialogModal } from '../notices/dialog.modal.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { ExactTime } from '../times/exact-time.js';
import { OutcomeBadge } from './outcome.badge.js';
import { TestNotice } from './test.notice.js';
import { useDelivery, useWebhookAction } from './webhooks.query.js';

interface DeliveryModalProps {
  readonly webhook: WebhookView;
  readonly base: string;
  /** The id of the delivery. */
  readonly delivery: string;
  readonly onClose: () => void;
}

/** One delivery: what was sent, and the response to each attempt. The delivery can be sent again. */
export function DeliveryModal({ webhook, base, delivery, onClose }: DeliveryModalProps): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useDelivery(webhook, base, delivery);
  const retry = useWebhookAction<TestDelivery>(base, webhook.id);
  const [sent, setSent] = useState<TestDelivery | null>(null);
  const body = data?.requestBody;
  const again = (answer: TestDelivery): void => {
    setSent(answer);
    void refetch();
  };
  return (
    <DialogModal onClose={onClose} size="xl" title={t('webhooks.delivery')}>
      <Stack>
        {sent !== null && <TestNotice tested={sent} onClose={() => setSent(null)} />}
        {error !== null && <ErrorNotice error={error} />}
        {data !== undefined && <RequestPart delivery={data} url={webhook.url} />}
        {data?.attempts.map(attempt => (
          <AnswerPart key={`${attempt.attempt} ${attempt.at}`} attempt={attempt} />
        ))}
        <Group justify="flex-end">
          <Button
            leftSection={<Send size={16} aria-hidden />}
            loading={retry.isPending}
            disabled={typeof body !== 'string'}
            onClick={() => retry.mutate({ method: 'POST', below: `/deliveries/${delivery}/retry` }, { onSuccess: again })}
          >
            {t('webhooks.sendAgain')}
          </Button>
        </Group>
      </Stack>
    </DialogModal>
  );
}

function RequestPart({ delivery, url }: { delivery: DeliveryView; url: string }): ReactNode {
  const { t } = useTranslation();
  const { requestBody, cut, attempts } = delivery;
  const [latest] = attempts;
  const [cursor] = latest?.cursors?.length === 1 ? latest.cursors : [];
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h6">
          {t('webhooks.request')}
        </Title>
        <Group gap="xs">
          {cursor !== undefined && latest !== undefined && (
            <Anchor component={Link} size="sm" to={addressOfEvent({ session: latest.session, cursor, at: latest.at, event: latest.event })}>
              {t('webhooks.showEvent')}
            </Anchor>
          )}
          {requestBody !== null && <CopyText text={requestBody} />}
        </Group>
      </Group>
      <Code style={{ overflowWrap: 'anywhere' }}>POST {url}</Code>
      <HeaderList headers={latest?.requestHeaders} label={t('webhooks.requestHeaders')} />
      {requestBody === null && <Text c="dimmed">{t('webhooks.bodyGone')}</Text>}
      {requestBody !== null && <BodyView text={requestBody} isCut={cut} label={t('webhooks.request')} />}
    </Stack>
  );
}

function BodyView({ text, isCut, label }: { text: string; isCut: boolean; label: string }): ReactNode {
  const json = isCut ? undefined : parsed(text);
  return (
    <div data-body>
      {json !== undefined && <JsonView value={json} label={label} maxHeight="18rem" />}
      {json === undefined && (
        <Code block mah={280} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0}>
          {isCut ? `${text}…` : text}
        </Code>
      )}
    </div>
  );
}

function AnswerPart({ attempt }: { attempt: AttemptView }): ReactNode {
  const { t } = useTranslation();
  const { status, error, answer, durationMs } = attempt;
  return (
    <Stack gap="xs" data-attempt={attempt.attempt}>
      <Group gap="xs">
        <Title order={3} size="h6">
          {t('webhooks.attemptOf', { count: attempt.attempt })}
        </Title>
        <OutcomeBadge outcome={attempt.outcome} />
        <Text size="xs" c="dimmed">
          <ExactTime at={attempt.at} /> · {durationMs} ms
        </Text>
      </Group>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {[status === null ? null : `HTTP ${status}`, error].filter(part => part !== null).join(' · ')}
      </Text>
      {answer != null && <HeaderList headers={answer.headers} label={t('webhooks.answerHeaders')} />}
      {answer != null && answer.body !== '' && (
        <Code block mah={200} style={{ overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} tabIndex={0} data-answer>
          {answer.body}
        </Code>
      )}
    </Stack>
  );
}

function HeaderList({ headers = {}, label }: { headers?: Record<string, string> | undefined; label: string }): ReactNode {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (lines.length === 0) return null;
  return (
    <Text component="details" size="sm">
      <summary>{label}</summary>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {lines.join('\n')}
      </Code>
    </Text>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
