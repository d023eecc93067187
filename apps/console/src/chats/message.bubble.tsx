import type { ReactNode } from 'react';
import { Badge, Text, Tooltip } from '@mantine/core';
import type { PollView, StoredMessageView } from '@wabus/contracts';
import { Check, CheckCheck, CircleAlert, Clock, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePersonName } from './chat-name.text.js';
import classes from './chats.module.css';
import { LinkCard } from './link.card.js';
import { MediaView } from './media.view.js';
import { deliveryOf, mediaOf, type DeliveryState } from './message-content.policy.js';
import { useMomentText } from './moment.text.js';
import { usePreviewText } from './preview.text.js';
import { linkOf, quotedOf } from './quoted-part.policy.js';
import { QuotedView } from './quoted.view.js';

const TICKS: Record<DeliveryState, { icon: LucideIcon; color?: string }> = {
  error: { icon: CircleAlert, color: 'var(--mantine-color-red-text)' },
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
  /** The user searched for this message. */
  readonly marked: boolean;
  readonly onShowQuoted: (id: string) => void;
  /** The actions for the message. */
  readonly children?: ReactNode;
}

/** A message in a chat. */
export function MessageBubble({ session, message, inGroup, marked, onShowQuoted, children }: MessageBubbleProps): ReactNode {
  const { t } = useTranslation();
  const moments = useMomentText();
  const { fromMe, participant, timestamp, editedAt, revokedAt } = message;
  const delivery = fromMe ? deliveryOf(message.message) : null;
  const quoted = revokedAt === null ? quotedOf(message.message) : null;
  return (
    <article className={classes.bubble} data-mine={fromMe} data-message={message.id} data-marked={marked || undefined}>
      {children}
      {inGroup && !fromMe && participant !== null && <Author session={session} jid={participant} message={message} />}
      {quoted !== null && <QuotedView session={session} quoted={quoted} onShow={() => onShowQuoted(quoted.id)} />}
      <Content session={session} message={message} />
      <div className={classes.foot}>
        {editedAt !== null && revokedAt === null && (
          <Text span size="xs" c="dimmed">
            {t('chats.edited')}
          </Text>
        )}
        <Text span size="xs" c="dimmed">
          {moments.clock(timestamp)}
        </Text>
        {delivery !== null && revokedAt === null && <Tick state={delivery} />}
      </div>
      {message.reactions.length > 0 && (
        <div className={classes.reactions}>
          {message.reactions.map(({ sender, text }) => (
            <Reaction key={sender} session={session} sender={sender} emoji={text} />
          ))}
        </div>
      )}
    </article>
  );
}

function Content({ session, message }: { session: string; message: StoredMessageView }): ReactNode {
  const { t } = useTranslation();
  const previewOf = usePreviewText();
  const { text, revokedAt, poll } = message;
  const media = mediaOf(message.message);
  const link = linkOf(message.message);
  if (revokedAt !== null) return <Aside>{t('chats.revoked')}</Aside>;
  if (poll !== null) return <Poll poll={poll} />;
  // Without the "You:" of a preview.
  if (text === null && media === null) return <Aside>{previewOf({ ...message, fromMe: false })}</Aside>;
  return (
    <>
      {media !== null && <MediaView session={session} message={message.message} media={media} />}
      {link !== null && <LinkCard link={link} />}
      {text !== null && (
        <Text size="sm" className={classes.text} dir="auto">
          {text}
        </Text>
      )}
    </>
  );
}

function Aside({ children }: { children: ReactNode }): ReactNode {
  return (
    <Text size="sm" fs="italic" c="dimmed">
      {children}
    </Text>
  );
}

function Poll({ poll }: { poll: PollView }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" fw={600} className={classes.text}>
        {poll.name ?? t('chats.others.poll')}
      </Text>
      <dl className="facts">
        {poll.options.map(({ name, votes }) => (
          <div key={name}>
            <Text component="dt" size="sm">
              {name}
            </Text>
            <Text component="dd" size="sm" c="dimmed">
              {t('chats.votes', { count: votes })}
            </Text>
          </div>
        ))}
      </dl>
    </>
  );
}

function Author({ session, jid, message }: { session: string; jid: string; message: StoredMessageView }): ReactNode {
  const pushName = message.message?.['pushName'];
  const name = usePersonName(session, jid, typeof pushName === 'string' && pushName !== '' ? pushName : null);
  return (
    <Text size="xs" fw={600} c="var(--mantine-color-anchor)" truncate pr="lg">
      {name}
    </Text>
  );
}

function Reaction({ session, sender, emoji }: { session: string; sender: string; emoji: string }): ReactNode {
  const { t } = useTranslation();
  const name = usePersonName(session, sender, sender === 'me' ? t('chats.you') : null);
  return (
    <Tooltip label={name}>
      <Badge variant="default" size="sm" tt="none" data-reaction={sender === 'me' ? 'me' : 'other'}>
        {emoji}
      </Badge>
    </Tooltip>
  );
}

function Tick({ state }: { state: DeliveryState }): ReactNode {
  const { t } = useTranslation();
  const { icon: Icon, color = 'currentColor' } = TICKS[state];
  return <Icon size={14} color={color} role="img" aria-label={t(`chats.states.${state}`)} data-delivery={state} />;
}
