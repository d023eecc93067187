import type { ReactNode } from 'react';
import { Alert, Card, Tabs, Title } from '@mantine/core';
import type { SessionView } from '@wabus/sdk';
import { FolderInput, Hash, Lock, QrCode } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BringingPanel } from '../bringing/bringing.panel.js';
import { useMay } from '../login/signed-in.context.js';
import { CodePanel } from './code.panel.js';
import classes from './pairing.module.css';
import { PasskeyFailureNotice } from './passkey-failure.notice.js';
import { PasskeyPanel } from './passkey.panel.js';
import { usePasskey } from './passkey.query.js';
import { QrPanel } from './qr.panel.js';

/** The ways to link a phone, and further steps that WhatsApp requires. Shown until the session is linked. */
export function PairingCard({ view }: { view: SessionView }): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const { session } = view;
  const { state } = view.status;
  const asked = view.status.passkey?.stage ?? null;
  const passkey = usePasskey(session, mayControl ? asked : null);
  return (
    <Card withBorder padding="lg" data-pairing>
      <Title order={2} size="h4" mb="sm">
        {t('pairing.title')}
      </Title>
      {passkey.failure !== null && <PasskeyFailureNotice error={passkey.failure} onClose={passkey.forget} />}
      {mayControl && asked !== null && asked !== 'failed' ? (
        <PasskeyPanel session={session} stage={asked} passkey={passkey} />
      ) : mayControl ? (
        <Tabs
          defaultValue="qr"
          keepMounted={false}
          classNames={{ tabSection: classes.tabIcon! }}
          styles={{ tab: { justifyContent: 'center' }, tabLabel: { flex: 'none' } }}
        >
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
