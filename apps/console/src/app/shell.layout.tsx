import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { ActionIcon, Skeleton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { BookOpen, ExternalLink, Menu, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { LanguageMenu } from '../i18n/language.menu.js';
import { LiveBadge } from '../live/live.badge.js';
import { useLive } from '../live/live.context.js';
import { useSignedIn } from '../login/signed-in.context.js';
import { overlays } from '../notices/overlays.store.js';
import { Brand } from './brand-mark.js';
import { documentAddress } from './document.table.js';
import { whenIdle } from './idle.schedule.js';
import { PAGES, type PageName } from './page.table.js';
import { SchemeToggle } from './scheme-toggle.js';
import classes from './shell.module.css';
import { TokenMenu } from './token.menu.js';
import { useVersion } from './version.query.js';

/** The frame around every page: the menu, the state of the live connection, and the login. */
export function ShellLayout(): ReactNode {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const { principal } = useSignedIn();
  const { pathname } = useLocation();
  const version = useVersion();
  // The documentation link leads to the document for the open page.
  const here = PAGES.find(({ name }) => isAt(name, pathname))?.name ?? 'sessions';
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // After following a link with the keyboard, the user continues at the new page instead of in the menu.
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    // A dialog about the previous page would otherwise stay open over this one.
    overlays.closeDialogs();
    first.current = false;
  }, [pathname]);
  const { state } = useLive();
  const connecting = state === 'connecting';
  // Load dialogs and notices early: once the edge is unreachable, the code that reports it could no longer be loaded.
  useEffect(() => (connecting ? undefined : whenIdle(overlays.request)), [connecting]);
  const Burger = opened ? X : Menu;
  return (
    <>
      <a href="#main" className="skip-link">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <div className={classes.side}>
          <ActionIcon
            className={classes.burger ?? ''}
            variant="subtle"
            color="gray"
            size="lg"
            onClick={toggle}
            aria-label={t('app.menu')}
            aria-expanded={opened}
          >
            <Burger size={20} aria-hidden />
          </ActionIcon>
          <Brand />
          <span className={classes.name}>Wabus</span>
        </div>
        <div className={classes.side}>
          <LiveBadge />
          <LanguageMenu />
          <SchemeToggle />
          <TokenMenu />
        </div>
      </header>
      <nav className={classes.navbar} aria-label={t('app.navigation')} data-opened={opened || undefined}>
        {PAGES.filter(page => page.offered(principal)).map(({ name, icon: Icon }) => (
          <NavLink key={name} className={classes.link} to={`/${name}`} onClick={close}>
            <Icon size={18} aria-hidden />
            {t(`app.pages.${name}`)}
          </NavLink>
        ))}
        <a className={classes.link} href={documentAddress(here, version)} target="_blank" rel="noreferrer noopener" data-document={here}>
          <BookOpen size={18} aria-hidden />
          {t('app.documentation')}
          <ExternalLink size={14} aria-hidden />
        </a>
      </nav>
      <main className={classes.main} id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Skeleton height={320} aria-busy />}>
          <Outlet />
          <PageDrawn />
        </Suspense>
      </main>
    </>
  );
}

/** Follows the page in the same boundary: its effect runs once the page is drawn and has requested its data. */
function PageDrawn(): null {
  const { begin } = useLive();
  const { pathname } = useLocation();
  // The address `/` is no page, only a redirect.
  useEffect(() => {
    if (pathname !== '/') begin();
  }, [begin, pathname]);
  return null;
}

function isAt(name: PageName, pathname: string): boolean {
  return pathname === `/${name}` || pathname.startsWith(`/${name}/`);
}
