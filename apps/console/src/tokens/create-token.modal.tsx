import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import type { IssuedToken, Scope } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { may } from '../login/permission.policy.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { DialogModal } from '../notices/dialog.modal.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { SessionsField } from '../sessions/sessions-field.js';
import { useCreateToken } from './tokens.query.js';

const SCOPES: readonly Scope[] = ['read', 'send', 'control', 'admin'];
const DAYS = ['never', '1', '30', '90', '365'] as const;
const DAY_MS = 24 * 3_600_000;

interface CreateTokenModalProps {
  readonly onClose: () => void;
  readonly onCreated: (token: IssuedToken) => void;
}

/** Creates a token that permits no more than the token of the current login. */
export function CreateTokenModal({ onClose, onCreated }: CreateTokenModalProps): ReactNode {
  const { t } = useTranslation();
  const { principal } = useSignedIn();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [chosen, setChosen] = useState<string[]>([]);
  const [days, setDays] = useState<string>('never');
  const { mutate, isPending, error } = useCreateToken();
  const submit = (): void => {
    const wish = {
      name,
      scopes: scopes as Scope[],
      ...(chosen.length === 0 ? {} : { sessions: chosen }),
      ...(days === 'never' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() })
    };
    mutate(wish, {
      onSuccess: token => {
        onClose();
        onCreated(token);
      }
    });
  };
  return (
    <DialogModal onClose={onClose} title={t('tokens.create')}>
      <form
        onSubmit={submitted => {
          submitted.preventDefault();
          submit();
        }}
      >
        <Stack>
          {error !== null && <ErrorNotice error={error} />}
          <TextInput
            label={t('tokens.name')}
            description={t('tokens.nameHint')}
            value={name}
            onChange={changed => setName(changed.currentTarget.value)}
            maxLength={100}
            data-autofocus
            required
          />
          <Checkbox.Group label={t('tokens.scopes')} value={scopes} onChange={setScopes} required>
            <Stack gap="xs" mt="xs">
              {SCOPES.filter(scope => may(principal, scope)).map(scope => (
                <Checkbox key={scope} value={scope} label={scope} description={t(`tokens.permits.${scope}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <SessionsField label={t('tokens.sessions')} none={t('tokens.allSessions')} chosen={chosen} onChoose={setChosen} />
          <Select
            label={t('tokens.life')}
            data={DAYS.map(value => ({
              value,
              label: value === 'never' ? t('tokens.forever') : t('tokens.days', { count: Number(value) })
            }))}
            value={days}
            onChange={next => setDays(next ?? 'never')}
            allowDeselect={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={scopes.length === 0}>
              {t('tokens.createIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogModal>
  );
}
