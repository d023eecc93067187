import type { ReactNode } from 'react';
import { Alert, Card, Tabs, Title } from '@mantine/core';
import { FolderInput, Hash, Lock, QrCode } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BringingPanel } from '../bringing/bringing.panel.js';
import { useMay } from '../login/signed-in.context.js';
import type { SessionState } from '../sessions/session-state.table.js';
import { CodePanel } from './code.panel.js';
import { QrPanel } from './qr.panel.js';

/** The two ways to link a phone. It is shown until the session is linked. */
export function PairingCard({ session, state }: { session: string; state: SessionState }): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  return (
    <Card withBorder padding="lg" data-pairing>
      <Title order={2} size="h4" mb="sm">
        {t('pairing.title')}
      </Title>
      {mayControl ? (
        <Tabs defaultValue="qr" keepMounted={false} styles={{ tab: { justifyContent: 'center' }, tabLabel: { flex: 'none' } }}>
          <Tabs.List mb="lg" grow>
            <Tabs.Tab value="qr" leftSection={<QrCode size={16} aria-hidden />}>
              {t('pairing.byQr')}
            </Tabs.Tab>
            <Tabs.Tab value="code" leftSection={<Hash size={16} aria-hidden />}>
              {t('pairing.byCode')}
            </Tabs.Tab>
            <Tabs.Tab value="bringing" leftSection={<FolderInput size={16} aria-hidden />}>
              {t('bringing.tab')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="qr">
            <QrPanel session={session} state={state} />
          </Tabs.Panel>
          <Tabs.Panel value="code">
            <CodePanel session={session} state={state} />
          </Tabs.Panel>
          <Tabs.Panel value="bringing">
            <BringingPanel session={session} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Alert icon={<Lock size={18} aria-hidden />} color="gray">
          {t('pairing.notYours')}
        </Alert>
      )}
    </Card>
  );
}
