import { useState, type ReactNode } from 'react';
import { MultiSelect, PasswordInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import type { WebhookView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import type { WebhookWish } from './webhooks.query.js';

type Format = WebhookView['format'];
type Extra = WebhookView['extras'][number];

// Object keys, so that the compiler reports a format that is missing here.
const FORMATS = Object.keys({ wabus: 0, 'cloud-api': 0, waha: 0, evolution: 0 } satisfies Record<Format, 0>) as Format[];
const EXTRAS = Object.keys({ echoes: 0, groups: 0, edits: 0 } satisfies Record<Extra, 0>) as Extra[];

/** The chosen format of a webhook, with its options. */
export interface FormatChoice {
  readonly format: Format;
  /** Secrets are never shown. An empty secret stays unchanged. */
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly extras: readonly Extra[];
  /** Event names of the other gateway; empty for all events. */
  readonly events: readonly string[];
  readonly hmacKey: string;
  readonly byEvents: boolean;
}

/** Returns the choice for an existing or new webhook, and a function to change it. */
export function useFormatChoice(webhook: WebhookView | undefined): [FormatChoice, (change: Partial<FormatChoice>) => void] {
  const [choice, setChoice] = useState<FormatChoice>({
    format: webhook?.format ?? 'wabus',
    appSecret: '',
    verifyToken: '',
    extras: webhook?.format === 'cloud-api' ? webhook.extras : ['echoes'],
    hmacKey: '',
    ...optionsOf(webhook)
  });
  return [choice, change => setChoice(before => ({ ...before, ...change }))];
}

/** Returns the known options for the format of another gateway. */
function optionsOf(webhook: WebhookView | undefined): Pick<FormatChoice, 'events' | 'byEvents'> {
  const { events = '*', byEvents = false } = webhook?.formatOptions ?? {};
  return { events: events === '*' ? [] : events, byEvents };
}

/** Returns the part of a request that the choice determines. Unchanged fields are omitted, because secrets would be lost otherwise. */
export function wishOfFormat(choice: FormatChoice, webhook: WebhookView | undefined): Partial<WebhookWish> {
  const { format, appSecret, verifyToken, extras, events, hmacKey, byEvents } = choice;
  const before = webhook?.format ?? 'wabus';
  const chosen = format === before ? {} : { format };
  if (format === 'wabus') return chosen;
  if (format === 'cloud-api') {
    return { ...chosen, extras: [...extras], ...(appSecret && { appSecret }), ...(verifyToken && { verifyToken }) };
  }
  const kept = optionsOf(webhook);
  const isSame = hmacKey === '' && byEvents === kept.byEvents && events.join() === kept.events.join();
  if (isSame) return chosen;
  return {
    ...chosen,
    formatOptions: {
      ...(events.length === 0 ? {} : { events: [...events] }),
      ...(format === 'waha' && hmacKey !== '' ? { hmacKey } : {}),
      ...(format === 'evolution' ? { byEvents } : {})
    }
  };
}

interface WebhookFormatFieldsProps {
  readonly choice: FormatChoice;
  readonly onChoose: (change: Partial<FormatChoice>) => void;
  /** Whether secrets for this format are already stored, so that they need not be entered again. */
  readonly isKnown: boolean;
}

/** The format in which a webhook delivers events, and the options of that format. */
export function WebhookFormatFields({ choice, onChoose, isKnown }: WebhookFormatFieldsProps): ReactNode {
  const { t } = useTranslation();
  const { format } = choice;
  const kept = isKnown ? t('webhooks.secretKept') : undefined;
  return (
    <>
      <Select
        label={t('webhooks.format')}
        description={t('webhooks.formatHint')}
        data={FORMATS.map(value => ({ value, label: t(`webhooks.formats.${value}`) }))}
        value={format}
        onChange={chosen => onChoose({ format: chosen ?? 'wabus' })}
        allowDeselect={false}
      />
      {format === 'cloud-api' && (
        <>
          <PasswordInput
            label={t('webhooks.appSecret')}
            description={t('webhooks.appSecretHint')}
            placeholder={kept}
            value={choice.appSecret}
            onChange={changed => onChoose({ appSecret: changed.currentTarget.value })}
            autoComplete="off"
            maxLength={128}
            required={!isKnown}
          />
          <TextInput
            label={t('webhooks.verifyToken')}
            description={t('webhooks.verifyTokenHint')}
            placeholder={kept}
            value={choice.verifyToken}
            onChange={changed => onChoose({ verifyToken: changed.currentTarget.value })}
            maxLength={256}
          />
          <MultiSelect
            label={t('webhooks.extras')}
            data={EXTRAS.map(value => ({ value, label: t(`webhooks.extrasOf.${value}`) }))}
            value={[...choice.extras]}
            onChange={extras => onChoose({ extras: EXTRAS.filter(extra => extras.includes(extra)) })}
          />
        </>
      )}
      {(format === 'waha' || format === 'evolution') && (
        <TagsInput
          label={t('webhooks.peerEvents')}
          description={t('webhooks.peerEventsHint')}
          placeholder={choice.events.length === 0 ? t('webhooks.everyPeerEvent') : undefined}
          value={[...choice.events]}
          onChange={events => onChoose({ events })}
          splitChars={[',', ' ']}
          maxTags={100}
        />
      )}
      {format === 'waha' && (
        <PasswordInput
          label={t('webhooks.hmacKey')}
          description={t('webhooks.hmacKeyHint')}
          value={choice.hmacKey}
          onChange={changed => onChoose({ hmacKey: changed.currentTarget.value })}
          autoComplete="off"
          maxLength={512}
        />
      )}
      {format === 'evolution' && (
        <Switch
          label={t('webhooks.byEvents')}
          checked={choice.byEvents}
          onChange={changed => onChoose({ byEvents: changed.currentTarget.checked })}
        />
      )}
    </>
  );
}
