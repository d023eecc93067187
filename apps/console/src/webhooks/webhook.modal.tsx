import { useMemo, useState, type ReactNode } from 'react';
import { Button, Group, MultiSelect, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import type { CreatedWebhook, WebhookView } from '@wabus/contracts';
import { EVENT_NAMES } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { eventFamilies } from '../events/event-filter.policy.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { DialogModal } from '../notices/dialog.modal.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { SessionsField } from '../sessions/sessions-field.js';
import { useFormatChoice, WebhookFormatFields, wishOfFormat } from './webhook-format-fields.js';
import { isComplete, useSendingChoice, WebhookSendingFields, wishOfSending } from './webhook-sending-fields.js';
import { webhooksPath, useChangeWebhook, useCreateWebhook, type WebhookWish } from './webhooks.query.js';

const BULK = { maxEvents: 100, maxWaitMs: 250 };

interface WebhookModalProps {
  /** The webhook to change; if missing, a new one is created. */
  readonly webhook?: WebhookView;
  readonly onClose: () => void;
  readonly onCreated?: (created: CreatedWebhook) => void;
}

/** Creates or changes a webhook. */
export function WebhookModal({ webhook, onClose, onCreated }: WebhookModalProps): ReactNode {
  const { t } = useTranslation();
  const { principal } = useSignedIn();
  const own = principal.sessions === '*' ? null : (principal.sessions[0] ?? null);
  const [session, setSession] = useState(webhook === undefined ? own : webhook.session);
  const [url, setUrl] = useState(webhook?.url ?? 'https://');
  const [events, setEvents] = useState(webhook?.events ?? ['messages.*']);
  const [chosen, setChosen] = useState(webhook === undefined || webhook.sessions === '*' ? [] : webhook.sessions);
  const [chats, setChats] = useState(webhook === undefined || webhook.chats === '*' ? [] : webhook.chats);
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [bulk, setBulk] = useState((webhook?.bulk ?? null) !== null);
  const [choice, choose] = useFormatChoice(webhook);
  const [sending, chooseSending] = useSendingChoice(webhook);
  const create = useCreateWebhook(webhooksPath(session));
  const change = useChangeWebhook(webhooksPath(session), webhook?.id ?? '');
  const { isPending, error } = webhook === undefined ? create : change;
  const names = useMemo(() => ['*', ...eventFamilies(), ...[...EVENT_NAMES].sort()], []);

  const submit = (): void => {
    const wish: WebhookWish = {
      url,
      events,
      chats: chats.length === 0 ? null : chats,
      description,
      bulk: bulk ? (webhook?.bulk ?? BULK) : null,
      ...wishOfFormat(choice, webhook),
      ...wishOfSending(sending, webhook),
      ...(session === null ? { sessions: chosen.length === 0 ? null : chosen } : {})
    };
    if (webhook !== undefined) return change.mutate(wish, { onSuccess: onClose });
    create.mutate(wish, {
      onSuccess: created => {
        onClose();
        onCreated?.(created);
      }
    });
  };
  return (
    <DialogModal onClose={onClose} size="lg" title={webhook === undefined ? t('webhooks.create') : t('webhooks.change')}>
      <form
        onSubmit={submitted => {
          submitted.preventDefault();
          submit();
        }}
      >
        <Stack>
          {error !== null && <ErrorNotice error={error} />}
          {own !== null && webhook === undefined && (
            <Select
              label={t('webhooks.ofSession')}
              data={[...principal.sessions]}
              value={session}
              onChange={setSession}
              allowDeselect={false}
            />
          )}
          <TextInput
            label={t('webhooks.url')}
            description={t('webhooks.urlHint')}
            type="url"
            value={url}
            onChange={changed => setUrl(changed.currentTarget.value)}
            data-autofocus
            required
          />
          <TextInput
            label={t('webhooks.description')}
            value={description}
            onChange={changed => setDescription(changed.currentTarget.value)}
            maxLength={200}
          />
          <MultiSelect
            label={t('webhooks.events')}
            data={names}
            value={events}
            onChange={setEvents}
            searchable
            required
            maxDropdownHeight={240}
          />
          {session === null && (
            <SessionsField label={t('webhooks.sessions')} none={t('webhooks.everySession')} chosen={chosen} onChoose={setChosen} />
          )}
          <TagsInput
            label={t('webhooks.chats')}
            description={t('webhooks.chatsHint')}
            placeholder={chats.length === 0 ? t('webhooks.everyChat') : undefined}
            value={chats}
            onChange={setChats}
            splitChars={[',', ' ']}
            maxTags={256}
          />
          <Switch
            label={t('webhooks.bulk')}
            description={t('webhooks.bulkHint')}
            checked={bulk}
            onChange={changed => setBulk(changed.currentTarget.checked)}
          />
          <WebhookFormatFields choice={choice} onChoose={choose} isKnown={webhook?.format === choice.format} />
          <WebhookSendingFields choice={sending} onChoose={chooseSending} webhook={webhook} isBulk={bulk} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={events.length === 0 || !isComplete(sending)}>
              {webhook === undefined ? t('webhooks.createIt') : t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogModal>
  );
}
