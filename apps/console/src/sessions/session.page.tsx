import { useEffect, useRef, type ReactNode } from 'react';
import { Button, Grid, Tabs } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { MessagesSquare, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { PageTrail } from '../app/page-trail.js';
import { phoneOf } from '../chats/jid.text.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { PairingCard } from '../pairing/pairing.card.js';
import { SettingsPanel } from '../session-settings/settings.panel.js';
import { RestrictionNotice } from './restriction.notice.js';
import { SessionActions } from './session-actions.js';
import { SessionFacts } from './session-facts.js';
import { TroubleNotice } from './trouble.notice.js';
import { useSessions } from './sessions.query.js';
import { StateBadge } from './state.badge.js';

const OVERVIEW = 'overview';
const SETTINGS = 'settings';

/** One session: its link, its health, its details and its settings. */
export function SessionPage(): ReactNode {
  const { t } = useTranslation();
  const { session = '' } = useParams();
  return (
    <QueryView query={useSessions()} height={320}>
      {sessions => {
        const view = sessions.find(one => one.session === session);
        if (view !== undefined) return <KnownSession key={session} view={view} />;
        return (
          <EmptyNotice icon={Smartphone} title={t('sessions.gone', { session })} text={t('sessions.goneHint')}>
            <Button component={Link} to="/sessions" variant="default">
              {t('app.back')}
            </Button>
          </EmptyNotice>
        );
      }}
    </QueryView>
  );
}

function KnownSession({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const { session } = view;
  const { account } = view.status;
  const before = useRef<string | null | undefined>(undefined);

  // Reports only a link that happens while the page is open.
  useEffect(() => {
    const id = account?.id ?? null;
    if (before.current === null && id !== null) notifyDone(t('pairing.linked', { account: phoneOf(id) }));
    before.current = id;
  }, [account, t]);

  const wantsLink = view.desired === 'running' && account === null && ['starting', 'connecting', 'pairing'].includes(view.status.state);
  return (
    <>
      <PageTrail to="/sessions" list={t('app.pages.sessions')} here={session} />
      <PageHeader title={session} text={<StateBadge view={view} />}>
        {account !== null && (
          <Button component={Link} to={`/chats/${session}`} variant="default" leftSection={<MessagesSquare size={16} aria-hidden />}>
            {t('app.pages.chats')}
          </Button>
        )}
        <SessionActions view={view} onDeleted={() => void navigate('/sessions')} />
      </PageHeader>
      <TroubleNotice view={view} />
      <RestrictionNotice view={view} />
      <Tabs
        value={query.get('tab') === SETTINGS ? SETTINGS : OVERVIEW}
        onChange={tab => setQuery(tab === SETTINGS ? { tab } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value={OVERVIEW}>{t('sessionSettings.overview')}</Tabs.Tab>
          <Tabs.Tab value={SETTINGS}>{t('sessionSettings.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={OVERVIEW}>
          <Grid gap="md">
            {wantsLink && (
              <Grid.Col span={{ base: 12, lg: 7 }}>
                <PairingCard view={view} />
              </Grid.Col>
            )}
            <Grid.Col span={{ base: 12, lg: wantsLink ? 5 : 12 }}>
              <SessionFacts view={view} narrow={wantsLink} />
            </Grid.Col>
          </Grid>
        </Tabs.Panel>
        <Tabs.Panel value={SETTINGS}>
          <SettingsPanel key={session} view={view} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
