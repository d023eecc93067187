import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { AppShell, Burger, Group, NavLink, ScrollArea, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { BookOpen, ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink as RouterLink, Outlet, useLocation } from 'react-router';
import { LanguageMenu } from '../i18n/language.menu.js';
import { LiveBadge } from '../live/live.badge.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { Brand } from './brand-mark.js';
import { documentAddress } from './document.table.js';
import { PAGES, type PageName } from './page.table.js';
import { SchemeToggle } from './scheme-toggle.js';
import { TokenMenu } from './token.menu.js';
import { useVersion } from './version.query.js';

/** The frame around every page: where one can go, whether it is live, who one is. */
export function ShellLayout(): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { principal } = useSignedIn();
  const { pathname } = useLocation();
  const version = useVersion();
  // What is read about is what is looked at.
  const here = PAGES.find(({ name }) => isAt(name, pathname))?.name ?? 'sessions';
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
          <AppShell.Section grow component={ScrollArea}>
            {PAGES.filter(page => page.offered(principal)).map(({ name, icon: Icon }) => (
              <NavLink
                key={name}
                component={RouterLink}
                to={`/${name}`}
                label={t(`app.pages.${name}`)}
                leftSection={<Icon size={18} aria-hidden />}
                active={isAt(name, pathname)}
                onClick={close}
                mb={2}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            ))}
          </AppShell.Section>
          <AppShell.Section>
            <NavLink
              component="a"
              href={documentAddress(here, version)}
              target="_blank"
              rel="noreferrer noopener"
              label={t('app.documentation')}
              leftSection={<BookOpen size={18} aria-hidden />}
              rightSection={<ExternalLink size={14} aria-hidden />}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
              data-document={here}
            />
          </AppShell.Section>
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

function isAt(name: PageName, pathname: string): boolean {
  return pathname === `/${name}` || pathname.startsWith(`/${name}/`);
}
