import { useState, type ReactNode } from 'react';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { CopyText } from '../notices/copy.text.js';
import type { SessionStateName } from '../sessions/session-state.table.js';
import { usePairingCode } from './pairing-code.query.js';
import classes from './pairing.module.css';

/** Links an account with a code that the user types on the phone. */
export function CodePanel({ session, state }: { session: string; state: SessionStateName }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const [phoneNumber, setPhoneNumber] = useState('');
  const { code, pending, error, ask, forget } = usePairingCode(session, state);
  if (code !== null) {
    const spelled = `${code.code.slice(0, 4)}-${code.code.slice(4)}`;
    return (
      <Stack align="center" gap="sm">
        <output className={classes.code} aria-label={t('pairing.codeLabel')} data-pairing-code={code.code}>
          {spelled}
        </output>
        <Group gap="xs">
          <CopyText text={code.code} />
          <Button variant="subtle" size="compact-sm" onClick={forget}>
            {t('pairing.another')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {t('pairing.issued', { at: timeText(code.at) })}
        </Text>
        <Text size="sm" c="dimmed" ta="center" maw={360}>
          {t('pairing.codeSteps')}
        </Text>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={submitted => {
        submitted.preventDefault();
        if (phoneNumber.trim() !== '') ask(phoneNumber.trim());
      }}
    >
      <Stack maw={360} mx="auto">
        {error !== null && <ErrorNotice error={error} />}
        <TextInput
          label={t('pairing.phone')}
          description={t('pairing.phoneHint')}
          placeholder="+49 151 12345678"
          type="tel"
          autoComplete="off"
          value={phoneNumber}
          onChange={changed => setPhoneNumber(changed.currentTarget.value)}
          required
        />
        <Button type="submit" loading={pending} disabled={state !== 'pairing'}>
          {t('pairing.askCode')}
        </Button>
      </Stack>
    </form>
  );
}
