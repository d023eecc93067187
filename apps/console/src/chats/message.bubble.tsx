import type { ReactNode } from 'react';
import { Badge, Code, Text } from '@mantine/core';
import type { StoredMessageView } from '@wabus/contracts';
import { Check, CheckCheck, Clock, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import classes from './chats.module.css';
import { phoneOf } from './jid.text.js';
import { MediaView } from './media.view.js';
import { deliveryOf, mediaOf, otherKindOf, type DeliveryState } from './message-content.policy.js';

const TICKS: Record<DeliveryState, { icon: LucideIcon; color?: string }> = {
  error: { icon: Clock, color: 'var(--mantine-color-red-text)' },
  pending: { icon: Clock },
  sent: { icon: Check },
  delivered: { icon: CheckCheck },
  read: { icon: CheckCheck, color: 'var(--mantine-color-blue-text)' },
  played: { icon: CheckCheck, color: 'var(--mantine-color-blue-text)' }
};

interface MessageBubbleProps {
  readonly session: string;
  readonly message: StoredMessageView;
  readonly inGroup: boolean;
}

/** A message of a chat. */
export function MessageBubble({ session, message, inGroup }: MessageBubbleProps): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { fromMe, participant, text, timestamp, editedAt, revokedAt, reactions } = message;
  const media = mediaOf(message.message);
  const delivery = fromMe ? deliveryOf(message.message) : null;
  const other = text === null && media === null ? otherKindOf(message.message) : null;
  const pushName = message.message?.['pushName'];
  return (
    <article className={classes.bubble} data-mine={fromMe} data-message={message.id}>
      {inGroup && !fromMe && participant !== null && (
        <Text size="xs" fw={600} c="bus.8" truncate>
          {typeof pushName === 'string' ? pushName : phoneOf(participant)}
        </Text>
      )}
      {revokedAt !== null && (
        <Text size="sm" fs="italic" c="dimmed">
          {t('chats.revoked')}
        </Text>
      )}
      {revokedAt === null && media !== null && <MediaView session={session} message={message.message} media={media} />}
      {revokedAt === null && text !== null && (
        <Text size="sm" className={classes.text}>
          {text}
        </Text>
      )}
      {revokedAt === null && other !== null && <Code>{other}</Code>}
      {revokedAt === null && text === null && media === null && other === null && (
        <Text size="sm" fs="italic" c="dimmed">
          {t('chats.unreadable')}
        </Text>
      )}
      <div className={classes.foot}>
        {editedAt !== null && (
          <Text span size="xs" c="dimmed">
            {t('chats.edited')}
          </Text>
        )}
        <Text span size="xs" c="dimmed">
          {timeText(new Date(timestamp * 1_000).toISOString())}
        </Text>
        {delivery !== null && <Tick state={delivery} />}
      </div>
      {reactions.length > 0 && (
        <div className={classes.reactions}>
          {reactions.map(({ sender, text: emoji }) => (
            <Badge key={sender} variant="default" size="sm" tt="none">
              {emoji}
            </Badge>
          ))}
        </div>
      )}
    </article>
  );
}

function Tick({ state }: { state: DeliveryState }): ReactNode {
  const { t } = useTranslation();
  const { icon: Icon, color = 'currentColor' } = TICKS[state];
  return <Icon size={14} color={color} role="img" aria-label={t(`chats.states.${state}`)} data-delivery={state} />;
}
