import type { ReactNode } from 'react';
import { Anchor, Checkbox, Text } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { QrCode } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { phoneOf } from '../chats/jid.text.js';
import { SessionActions } from './session-actions.js';
import type { SessionStateName } from './session-state.table.js';
import classes from './sessions.module.css';
import { StateBadge } from './state.badge.js';

/** Why the last connection ended says nothing about these. */
const SETTLED = new Set<SessionStateName>(['open', 'pairing', 'stopped']);

interface SessionRowProps {
  readonly view: SessionView;
  readonly selected: boolean;
  /** `null` where nothing can be done with several sessions. */
  readonly onSelect: ((selected: boolean) => void) | null;
}

/** A session in the list. */
export function SessionRow({ view, selected, onSelect }: SessionRowProps): ReactNode {
  const { t } = useTranslation();
  const { session, status } = view;
  const { account, counters, state, lastDisconnect } = status;
  return (
    <li className={classes.row} data-session={session}>
      {onSelect !== null && (
        <Checkbox
          checked={selected}
          onChange={changed => onSelect(changed.currentTarget.checked)}
          aria-label={t('sessions.select', { session })}
        />
      )}
      <div className={classes.who}>
        <Anchor component={Link} to={`/sessions/${session}`} fw={650} truncate display="block" c="inherit">
          {session}
        </Anchor>
        <Text size="sm" c="dimmed" truncate>
          {account === null ? t('sessions.notLinked') : [account.name, phoneOf(account.id)].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <div className={classes.what}>
        <StateBadge view={view} />
        {state === 'pairing' && (
          <Anchor component={Link} to={`/sessions/${session}`} size="sm">
            <QrCode size={14} aria-hidden /> {t('sessions.scan')}
          </Anchor>
        )}
        {lastDisconnect !== null && !SETTLED.has(state) && (
          <Text size="sm" lineClamp={2}>
            {lastDisconnect.message}
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" className={classes.traffic ?? ''}>
        {t('sessions.traffic', { received: counters.messagesIn, sent: counters.messagesOut })}
      </Text>
      <SessionActions view={view} />
    </li>
  );
}
