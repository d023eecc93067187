import type { ReactNode } from 'react';
import { Badge, Group, Menu, Text } from '@mantine/core';
import { BookOpen, LogOut } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSignedIn } from '../login/signed-in.context.js';
import type { MenuButton } from '../menus/late.menu.js';
import { OpenedMenu } from '../menus/opened.menu.js';
import { useTimeText } from './time.text.js';
import { useVersion } from './version.query.js';

/** The content of the login menu: the token, its permissions, and the logout. */
export function TokenItems({ button }: { button: MenuButton }): ReactNode {
  const { t } = useTranslation();
  const { principal, signOut } = useSignedIn();
  const timeText = useTimeText();
  const version = useVersion();
  const { id, scopes, sessions, expiresAt } = principal;
  return (
    <OpenedMenu button={button} width={260}>
      <Menu.Label>{t('app.token', { id })}</Menu.Label>
      <Group gap={4} px="sm" pb={4}>
        {scopes.map(scope => (
          <Badge key={scope} size="sm" variant="light" tt="none">
            {scope}
          </Badge>
        ))}
      </Group>
      <Text size="xs" c="dimmed" px="sm" pb="xs">
        {sessions === '*' ? t('app.allSessions') : t('app.someSessions', { count: sessions.length })}
        {expiresAt !== null && ` · ${t('app.expires', { at: timeText(expiresAt) })}`}
      </Text>
      <Menu.Divider />
      <Menu.Item component="a" href="/api/docs" target="_blank" rel="noreferrer" leftSection={<BookOpen size={16} aria-hidden />}>
        {t('app.apiDocs')}
      </Menu.Item>
      {version !== undefined && <Menu.Label>{t('app.version', { version })}</Menu.Label>}
      <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => signOut()}>
        {t('app.signOut')}
      </Menu.Item>
    </OpenedMenu>
  );
}
