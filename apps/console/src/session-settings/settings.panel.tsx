import { useState, type ReactNode } from 'react';
import { Alert, Button, Card, Group, Stack, Text } from '@mantine/core';
import type { SessionSettingsView } from '@wabus/contracts';
import type { SessionView } from '@wabus/sdk';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../login/signed-in.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { useWish } from '../sessions/sessions.query.js';
import { useChangeSettings, useSettings } from './session-settings.query.js';
import { changeOf, faultsByField, formOf, waitsForConnection, type SettingsForm } from './settings-form.policy.js';
import { SettingsFields } from './settings-fields.js';

/** The settings of a session, to read and, with the scope `control`, to change. */
export function SettingsPanel({ view }: { view: SessionView }): ReactNode {
  return (
    <QueryView query={useSettings(view.session)} height={320}>
      {settings => <KnownSettings view={view} settings={settings} />}
    </QueryView>
  );
}

function KnownSettings({ view, settings }: { view: SessionView; settings: SessionSettingsView }): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const [edited, setEdited] = useState<Partial<SettingsForm>>({});
  const [isDue, setDue] = useState(false);
  const { mutate, isPending, error, reset } = useChangeSettings(view.session);
  const restart = useWish(view.session);
  const form = { ...formOf(settings), ...edited };
  const change = changeOf(settings, form);
  const faults = faultsByField(error);
  const save = (): void =>
    mutate(change, {
      onSuccess: () => {
        setEdited({});
        if (waitsForConnection(change)) setDue(true);
        notifyDone(t('sessionSettings.saved'));
        reset();
      }
    });
  return (
    <Stack>
      {!mayControl && <Alert variant="light">{t('sessionSettings.readOnly')}</Alert>}
      {isDue && view.desired === 'running' && (
        <Alert variant="light" title={t('sessionSettings.due')} role="status">
          <Group justify="space-between">
            <Text size="sm">{t('sessionSettings.dueHint')}</Text>
            <Button
              leftSection={<RotateCw size={15} aria-hidden />}
              loading={restart.isPending}
              onClick={() => restart.mutate('restart', { onSuccess: () => setDue(false) })}
            >
              {t('sessionSettings.restart')}
            </Button>
          </Group>
        </Alert>
      )}
      {error !== null && Object.keys(faults).length === 0 && <ErrorNotice error={error} />}
      <Card withBorder padding="md">
        <form
          onSubmit={submitted => {
            submitted.preventDefault();
            save();
          }}
        >
          <SettingsFields
            form={form}
            onEdit={more => setEdited(before => ({ ...before, ...more }))}
            faults={faults}
            hasLogin={settings.proxy?.authenticated === true}
            readOnly={!mayControl}
          />
          {mayControl && (
            <Group justify="flex-end" mt="md">
              <Button type="submit" loading={isPending} disabled={Object.keys(change).length === 0}>
                {t('app.save')}
              </Button>
            </Group>
          )}
        </form>
      </Card>
    </Stack>
  );
}
