import type { ReactNode } from 'react';
import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import type { LoginView, TokenView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { useTimeText } from '../app/time.text.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { browserName } from './browser-name.policy.js';
import { lastUseOf } from './last-use.policy.js';
import { useLogins, useRevokeLogin } from './tokens.query.js';

/** The browsers that are logged in to the console. */
export function LoginsList({ tokens }: { tokens: readonly TokenView[] }): ReactNode {
  const { t } = useTranslation();
  const query = useLogins();
  const nameOf = (id: string): string => tokens.find(token => token.id === id)?.name ?? id;
  return (
    <Stack gap="sm" mt="xl">
      <div>
        <Title order={2} size="h4">
          {t('tokens.logins')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('tokens.loginsAbout')}
        </Text>
      </div>
      <QueryView query={query}>
        {logins => logins.map(login => <LoginCard key={login.id} login={login} token={nameOf(login.token)} />)}
      </QueryView>
    </Stack>
  );
}

function LoginCard({ login, token }: { login: LoginView; token: string }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { signOut } = useSignedIn();
  const { mutate, isPending } = useRevokeLogin();
  const { id, agent, createdAt, expiresAt, current } = login;
  const name = browserName(agent) ?? t('tokens.unknownBrowser');
  const end = (): void => (current ? signOut() : mutate(id, { onSuccess: () => notifyDone(t('tokens.loggedOut', { name })) }));
  return (
    <Card withBorder padding="md" data-login={id}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={4} style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {current && (
              <Badge variant="light" tt="none">
                {t('tokens.thisBrowser')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t('tokens.withToken', { name: token })} · {t('tokens.loggedIn', { at: timeText(createdAt) })} ·{' '}
            {t('tokens.used', { at: timeText(lastUseOf(login)) })} · {t('tokens.expires', { at: timeText(expiresAt) })}
          </Text>
        </Stack>
        <Button variant="default" loading={isPending} onClick={end} aria-label={t('tokens.logOutOf', { name })}>
          {t('tokens.logOut')}
        </Button>
      </Group>
    </Card>
  );
}
