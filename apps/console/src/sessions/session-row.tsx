import { memo, type ReactNode } from 'react';
import { Anchor } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { QrCode } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { phoneOf } from '../chats/jid.text.js';
import { CheckBox } from '../forms/check-box.js';
import { SessionActions } from './session-actions.js';
import type { SessionStateName } from './session-state.table.js';
import classes from './sessions.module.css';
import { StateBadge } from './state.badge.js';

/** In these states, the reason why the last connection ended is not shown. */
const SETTLED = new Set<SessionStateName>(['open', 'pairing', 'stopped']);

interface SessionRowProps {
  readonly view: SessionView;
  readonly selected: boolean;
  /** `null` if the token may not start or stop sessions. */
  readonly onSelect: ((session: string, selected: boolean) => void) | null;
}

/** A session in the list. It is rendered again only if its own data changes, because there may be hundreds. */
export const SessionRow = memo(function SessionRow({ view, selected, onSelect }: SessionRowProps): ReactNode {
  const { t } = useTranslation();
  const { session } = view;
  return (
    <li className={classes.row} data-session={session}>
      {onSelect !== null && (
        <CheckBox
          label={t('sessions.select', { session })}
          hidesLabel
          checked={selected}
          onChange={isSelected => onSelect(session, isSelected)}
        />
      )}
      <RowFacts view={view} />
    </li>
  );
});

const RowFacts = memo(function RowFacts({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const { session, status } = view;
  const { account, counters, state, lastDisconnect } = status;
  return (
    <>
      <div className={classes.who}>
        <Link to={`/sessions/${session}`} className={classes.id}>
          {session}
        </Link>
        <div className={classes.account}>
          {account === null ? t('sessions.notLinked') : [account.name, phoneOf(account.id)].filter(Boolean).join(' · ')}
        </div>
      </div>
      <div className={classes.what}>
        <StateBadge view={view} />
        {state === 'pairing' && (
          <Anchor component={Link} to={`/sessions/${session}`} size="sm">
            <QrCode size={14} aria-hidden /> {t('sessions.scan')}
          </Anchor>
        )}
        {lastDisconnect !== null && !SETTLED.has(state) && <div className={classes.why}>{lastDisconnect.message}</div>}
      </div>
      <div className={classes.traffic}>{t('sessions.traffic', { received: counters.messagesIn, sent: counters.messagesOut })}</div>
      <SessionActions view={view} />
    </>
  );
});
