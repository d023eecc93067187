import { useState, type ReactNode } from 'react';
import { Badge, Button, Card, Code, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { IssuedToken, TokenView } from '@wabus/contracts';
import { KeyRound, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../app/page-header.js';
import { useTimeText } from '../app/time.text.js';
import { confirm } from '../notices/confirm.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { notifyDone } from '../notices/notify.js';
import { QueryView } from '../notices/query.view.js';
import { SecretModal } from '../notices/secret.modal.js';
import { CreateTokenModal } from './create-token.modal.js';
import { lastUseOf } from './last-use.policy.js';
import { LoginsList } from './logins.list.js';
import { useRevokeToken, useTokens } from './tokens.query.js';

/** The access tokens that were created at run time. */
export function TokensPage(): ReactNode {
  const { t } = useTranslation();
  const query = useTokens();
  const [creating, { open, close }] = useDisclosure();
  const [issued, setIssued] = useState<IssuedToken | null>(null);
  const createButton = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
      {t('tokens.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('app.pages.tokens')} text={t('tokens.about')}>
        {query.data !== undefined && query.data.length > 0 && createButton}
      </PageHeader>
      <QueryView
        query={query}
        isEmpty={tokens => tokens.length === 0}
        empty={
          <EmptyNotice icon={KeyRound} title={t('tokens.none')} text={t('tokens.noneHint')}>
            {createButton}
          </EmptyNotice>
        }
      >
        {tokens => (
          <Stack gap="sm">
            {tokens.map(token => (
              <TokenCard key={token.id} token={token} />
            ))}
          </Stack>
        )}
      </QueryView>
      {query.data !== undefined && <LoginsList tokens={query.data} />}
      {creating && <CreateTokenModal onClose={close} onCreated={setIssued} />}
      {issued && (
        <SecretModal
          title={t('tokens.secretTitle', { name: issued.name })}
          text={t('tokens.secretHint')}
          secret={issued.token}
          onClose={() => setIssued(null)}
        />
      )}
    </>
  );
}

function TokenCard({ token }: { token: TokenView }): ReactNode {
  const { t } = useTranslation();
  const timeText = useTimeText();
  const { mutate, isPending } = useRevokeToken();
  const { id, name, scopes, sessions, createdAt, createdBy, expiresAt } = token;
  const revoke = (): void =>
    confirm({
      title: t('tokens.revokeTitle', { name }),
      text: t('tokens.revokeText'),
      action: t('tokens.revoke'),
      dangerous: true,
      onConfirm: () => mutate(id, { onSuccess: () => notifyDone(t('tokens.revoked', { name })) })
    });
  return (
    <Card withBorder padding="md" data-token={id}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={6} style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            <Code>{id}</Code>
          </Group>
          <Group gap={4}>
            {scopes.map(scope => (
              <Badge key={scope} variant="light" tt="none" color={scope === 'admin' ? 'orange' : 'bus'}>
                {scope}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {sessions === '*' ? t('tokens.allSessions') : sessions.join(', ')} ·{' '}
            {t('tokens.created', { at: timeText(createdAt), by: createdBy })} · {t('tokens.used', { at: timeText(lastUseOf(token)) })} ·{' '}
            {expiresAt === null ? t('tokens.neverExpires') : t('tokens.expires', { at: timeText(expiresAt) })}
          </Text>
        </Stack>
        <Button variant="default" c="var(--wabus-danger)" loading={isPending} onClick={revoke} aria-label={t('tokens.revokeOf', { name })}>
          {t('tokens.revoke')}
        </Button>
      </Group>
    </Card>
  );
}
