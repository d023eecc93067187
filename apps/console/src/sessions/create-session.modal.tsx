import { useState, type ReactNode } from 'react';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DialogModal } from '../notices/dialog.modal.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { useCreateSession } from './sessions.query.js';

const SESSION_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Asks for the id of a new session, creates the session and opens its page, which shows the QR code. */
export function CreateSessionModal({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const { mutate, isPending, error, reset } = useCreateSession();
  const wrong = id !== '' && !SESSION_ID.test(id);
  const leave = (): void => {
    reset();
    setId('');
    onClose();
  };
  return (
    <DialogModal onClose={leave} title={t('sessions.create')}>
      <form
        onSubmit={submitted => {
          submitted.preventDefault();
          if (!SESSION_ID.test(id)) return;
          mutate(id, {
            onSuccess: ({ session }) => {
              leave();
              void navigate(`/sessions/${session}`);
            }
          });
        }}
      >
        <Stack>
          {error !== null && <ErrorNotice error={error} />}
          <TextInput
            label={t('sessions.id')}
            description={t('sessions.idHint')}
            placeholder="sales"
            value={id}
            onChange={changed => setId(changed.currentTarget.value)}
            error={wrong ? t('sessions.idWrong') : null}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            required
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={wrong}>
              {t('sessions.createIt')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogModal>
  );
}
