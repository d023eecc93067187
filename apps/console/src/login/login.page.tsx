import { useState, type ReactNode } from 'react';
import { Anchor, Box, Button, Checkbox, Code, Group, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { KeyRound } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { Brand } from '../app/brand-mark.js';
import { SchemeToggle } from '../app/scheme-toggle.js';
import { LanguageChoice } from '../i18n/language-choice.js';
import type { WabusError } from '@wabus/sdk';
import { ErrorNotice } from '../notices/error.notice.js';
import classes from './login.page.module.css';

interface LoginPageProps {
  readonly busy: boolean;
  readonly error: WabusError | null;
  readonly onSubmit: (token: string, remember: boolean) => void;
}

/** Asks for an access token. */
export function LoginPage({ busy, error, onSubmit }: LoginPageProps): ReactNode {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const [remember, setRemember] = useState(false);
  useDocumentTitle(`${t('login.title')} · Wabus`);
  return (
    <main className={classes.page}>
      <Box className={classes.corner}>
        <LanguageChoice />
        <SchemeToggle />
      </Box>
      <Paper className={classes.card} withBorder shadow="md" radius="lg" p={{ base: 'lg', xs: 'xl' }}>
        <form
          onSubmit={submitted => {
            submitted.preventDefault();
            if (token.trim() !== '') onSubmit(token.trim(), remember);
          }}
        >
          <Stack gap="lg">
            <Group gap="sm">
              <Brand size={40} />
              <div>
                <Title order={1} size="h3">
                  {t('login.title')}
                </Title>
                <Text size="sm" c="dimmed">
                  {t('login.subtitle')}
                </Text>
              </div>
            </Group>
            {error && <ErrorNotice error={error} />}
            <PasswordInput
              label={t('login.token')}
              description={t('login.tokenHint')}
              value={token}
              onChange={changed => setToken(changed.currentTarget.value)}
              leftSection={<KeyRound size={16} aria-hidden />}
              visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              autoFocus
              required
              size="md"
            />
            <Checkbox
              label={t('login.remember')}
              description={t('login.rememberHint')}
              checked={remember}
              onChange={changed => setRemember(changed.currentTarget.checked)}
            />
            <Button type="submit" loading={busy} size="md" fullWidth>
              {t('login.submit')}
            </Button>
            <Text size="sm" c="dimmed">
              <Trans i18nKey="login.where" components={{ code: <Code /> }} />{' '}
              <Anchor href="/api/docs" size="sm" inherit underline="always">
                {t('login.docs')}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
