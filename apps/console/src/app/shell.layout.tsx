import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { AppShell, Burger, Group, NavLink, ScrollArea, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { NavLink as RouterLink, Outlet, useLocation } from 'react-router';
import { LanguageMenu } from '../i18n/language.menu.js';
import { LiveBadge } from '../live/live.badge.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { Brand } from './brand-mark.js';
import { PAGES } from './page.table.js';
import { SchemeToggle } from './scheme-toggle.js';
import { TokenMenu } from './token.menu.js';

/** The frame around every page: where one can go, whether it is live, who one is. */
export function ShellLayout(): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { principal } = useSignedIn();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // Whoever follows a link with the keyboard continues reading at the new page and not in the menu.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname]);
  return (
    <>
      <a href="#main" className="skip-link">
        {t('app.skip')}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', md: 'xl' }}
      >
        <AppShell.Header px="md">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu')} aria-expanded={opened} />
              <Brand />
              <Text fw={700} size="lg" visibleFrom="xs">
                Wabus
              </Text>
            </Group>
            <Group gap="xs" wrap="nowrap">
              <LiveBadge />
              <LanguageMenu />
              <SchemeToggle />
              <TokenMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="sm" aria-label={t('app.navigation')}>
          <ScrollArea>
            {PAGES.filter(page => page.offered(principal)).map(({ name, icon: Icon }) => (
              <NavLink
                key={name}
                component={RouterLink}
                to={`/${name}`}
                label={t(`app.pages.${name}`)}
                leftSection={<Icon size={18} aria-hidden />}
                active={pathname === `/${name}` || pathname.startsWith(`/${name}/`)}
                onClick={close}
                mb={2}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            ))}
          </ScrollArea>
        </AppShell.Navbar>
        <AppShell.Main id="main" ref={main} tabIndex={-1}>
          <Suspense fallback={<Skeleton height={320} aria-busy />}>
            <Outlet />
          </Suspense>
        </AppShell.Main>
      </AppShell>
    </>
  );
}
