import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Fieldset, Group, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { parseHeaders, randomSecret } from './webhook-headers.codec.js';
import type { WebhookWish } from './webhooks.query.js';

type Order = WebhookView['order'];
// Object keys, so that the compiler reports an order that is missing here.
const ORDERS = Object.keys({ chat: 0, session: 0, none: 0 } satisfies Record<Order, 0>) as Order[];

/** The chosen options for sending deliveries. */
export interface SendingChoice {
  readonly order: Order;
  /** Seconds; empty for the edge's setting. */
  readonly timeout: number | '';
  /** Only for a new webhook. If it is empty, the edge generates a secret. */
  readonly secret: string;
  /** One header per line. */
  readonly headers: string;
  /** Whether the headers of an existing webhook are replaced; they are never shown. */
  readonly replacesHeaders: boolean;
  /** The text of a `datetime-local` field; empty to start now, or to keep the current position. */
  readonly since: string;
}

/** Returns the choice for an existing or new webhook, and a function to change it. */
export function useSendingChoice(webhook: WebhookView | undefined): [SendingChoice, (change: Partial<SendingChoice>) => void] {
  const [choice, setChoice] = useState<SendingChoice>({
    order: webhook?.order ?? 'chat',
    timeout: webhook?.timeoutMs == null ? '' : webhook.timeoutMs / 1_000,
    secret: '',
    headers: '',
    replacesHeaders: webhook === undefined,
    since: ''
  });
  return [choice, change => setChoice(before => ({ ...before, ...change }))];
}

/** Returns the part of a request that the choice determines. Unchanged fields are omitted. */
export function wishOfSending(choice: SendingChoice, webhook: WebhookView | undefined): Partial<WebhookWish> {
  const { order, timeout, secret, headers, replacesHeaders, since } = choice;
  const timeoutMs = timeout === '' ? null : timeout * 1_000;
  const parsed = parseHeaders(headers).headers;
  const isSent = webhook === undefined ? Object.keys(parsed).length > 0 : replacesHeaders;
  return {
    ...(order === (webhook?.order ?? 'chat') ? {} : { order }),
    ...(timeoutMs === (webhook?.timeoutMs ?? null) ? {} : { timeoutMs }),
    ...(secret === '' ? {} : { secret }),
    ...(isSent ? { headers: parsed } : {}),
    ...(since === '' ? {} : { since: new Date(since).toISOString() })
  };
}

/** Whether the choice can be sent in its current form. */
export function isComplete({ headers }: SendingChoice): boolean {
  return parseHeaders(headers).wrong.length === 0;
}

interface WebhookSendingFieldsProps {
  readonly choice: SendingChoice;
  readonly onChoose: (change: Partial<SendingChoice>) => void;
  readonly webhook: WebhookView | undefined;
  /** Whether all events share one queue, so that there is no order to choose. */
  readonly isBulk: boolean;
}

/** The secret, headers, start, order and time limit of a webhook. */
export function WebhookSendingFields({ choice, onChoose, webhook, isBulk }: WebhookSendingFieldsProps): ReactNode {
  const { t } = useTranslation();
  const { wrong } = parseHeaders(choice.headers);
  const isNew = webhook === undefined;
  return (
    <Fieldset legend={t('webhooks.sending')}>
      <Stack gap="sm">
        <Select
          label={t('webhooks.order')}
          description={isBulk ? t('webhooks.orderBulk') : t('webhooks.orderHint')}
          data={ORDERS.map(value => ({ value, label: t(`webhooks.orders.${value}`) }))}
          value={choice.order}
          onChange={order => onChoose({ order: order ?? 'chat' })}
          disabled={isBulk}
          allowDeselect={false}
        />
        <NumberInput
          label={t('webhooks.timeout')}
          description={t('webhooks.timeoutHint')}
          placeholder={t('webhooks.timeoutDefault')}
          value={choice.timeout}
          onChange={value => onChoose({ timeout: typeof value === 'number' ? value : '' })}
          min={1}
          max={120}
          suffix=" s"
          hideControls
        />
        <TextInput
          type="datetime-local"
          step={1}
          label={isNew ? t('webhooks.since') : t('webhooks.sinceAgain')}
          description={isNew ? t('webhooks.sinceHint') : t('webhooks.sinceAgainHint')}
          value={choice.since}
          onChange={({ currentTarget }) => onChoose({ since: currentTarget.value })}
        />
        {isNew && (
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              style={{ flex: 1 }}
              label={t('webhooks.ownSecret')}
              description={t('webhooks.ownSecretHint')}
              value={choice.secret}
              onChange={({ currentTarget }) => onChoose({ secret: currentTarget.value })}
              autoComplete="off"
              spellCheck={false}
            />
            <Button variant="default" onClick={() => onChoose({ secret: randomSecret() })}>
              {t('webhooks.generate')}
            </Button>
          </Group>
        )}
        {!isNew && (
          <Checkbox
            label={t('webhooks.replaceHeaders', { names: webhook.headerNames.join(', ') || '–' })}
            checked={choice.replacesHeaders}
            onChange={({ currentTarget }) => onChoose({ replacesHeaders: currentTarget.checked })}
          />
        )}
        {choice.replacesHeaders && (
          <Textarea
            label={t('webhooks.headers')}
            description={t('webhooks.headersHint')}
            placeholder="X-Api-Key: …"
            value={choice.headers}
            onChange={({ currentTarget }) => onChoose({ headers: currentTarget.value })}
            error={wrong.length === 0 ? null : t('webhooks.headersWrong', { line: wrong[0] })}
            autosize
            minRows={2}
            spellCheck={false}
          />
        )}
      </Stack>
    </Fieldset>
  );
}
