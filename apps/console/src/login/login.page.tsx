import { useState, type ReactNode } from 'react';
import { ActionIcon, Anchor, Box, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { Eye, EyeOff, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../app/brand-mark.js';
import { SchemeToggle } from '../app/scheme-toggle.js';
import { CheckBox } from '../forms/check-box.js';
import { CodeText } from '../notices/code.text.js';
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
  const [visible, setVisible] = useState(false);
  const [remember, setRemember] = useState(false);
  const Visibility = visible ? EyeOff : Eye;
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
            <TextInput
              label={t('login.token')}
              description={t('login.tokenHint')}
              type={visible ? 'text' : 'password'}
              value={token}
              onChange={changed => setToken(changed.currentTarget.value)}
              leftSection={<KeyRound size={16} aria-hidden />}
              rightSection={
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('login.show')}
                  aria-pressed={visible}
                  onMouseDown={pressed => pressed.preventDefault()}
                  onClick={() => setVisible(!visible)}
                >
                  <Visibility size={16} aria-hidden />
                </ActionIcon>
              }
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              autoFocus
              required
              size="md"
            />
            <CheckBox label={t('login.remember')} description={t('login.rememberHint')} checked={remember} onChange={setRemember} />
            <Button type="submit" loading={busy} size="md" fullWidth>
              {t('login.submit')}
            </Button>
            <Text size="sm" c="dimmed">
              <CodeText text={t('login.where')} />{' '}
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
