import type { PrincipalView } from '@wabus/contracts';
import {
  Activity,
  Cable,
  HeartPulse,
  Inbox,
  KeyRound,
  MessagesSquare,
  Smartphone,
  SquareTerminal,
  Webhook,
  type LucideIcon
} from 'lucide-react';
import { may } from '../login/permission.policy.js';

export type PageName = 'sessions' | 'chats' | 'events' | 'webhooks' | 'subscriptions' | 'commands' | 'tokens' | 'connectors' | 'health';

interface PageRow {
  readonly name: PageName;
  readonly icon: LucideIcon;
  /** Whether the menu offers the page to this token. */
  readonly offered: (principal: PrincipalView) => boolean;
}

const reads = (principal: PrincipalView): boolean => may(principal, 'read');
const administers = (principal: PrincipalView): boolean => may(principal, 'admin');

/** The pages in menu order. */
export const PAGES: readonly PageRow[] = [
  { name: 'sessions', icon: Smartphone, offered: reads },
  { name: 'chats', icon: MessagesSquare, offered: reads },
  { name: 'events', icon: Activity, offered: reads },
  { name: 'webhooks', icon: Webhook, offered: principal => reads(principal) && may(principal, 'control') },
  { name: 'subscriptions', icon: Inbox, offered: reads },
  { name: 'commands', icon: SquareTerminal, offered: reads },
  { name: 'tokens', icon: KeyRound, offered: administers },
  { name: 'connectors', icon: Cable, offered: administers },
  { name: 'health', icon: HeartPulse, offered: () => true }
];
