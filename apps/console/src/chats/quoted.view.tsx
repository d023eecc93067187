import type { ReactNode } from 'react';
import { Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccountJids } from './account-jids.js';
import { usePersonName } from './chat-name.text.js';
import classes from './chats.module.css';
import type { QuotedPart } from './quoted-part.policy.js';

interface QuotedViewProps {
  readonly session: string;
  readonly quoted: QuotedPart;
  /** Scrolls to the quoted message. */
  readonly onShow: () => void;
}

/** A short form of the message that a reply quotes. */
export function QuotedView({ session, quoted, onShow }: QuotedViewProps): ReactNode {
  const { t } = useTranslation();
  const own = useAccountJids(session);
  const { author, text, kind } = quoted;
  const mine = author !== null && own.has(author);
  const name = usePersonName(session, author, mine ? t('chats.you') : null);
  return (
    <UnstyledButton className={classes.quoted} onClick={onShow} data-quoted={quoted.id}>
      <Text size="xs" fw={600} truncate>
        {name}
      </Text>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {text ?? (kind === null ? t('chats.others.other') : t(`chats.kinds.${kind}`))}
      </Text>
    </UnstyledButton>
  );
}
