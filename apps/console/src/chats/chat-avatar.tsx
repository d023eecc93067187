import type { ReactNode } from 'react';
import { Avatar } from '@mantine/core';
import { User, Users } from 'lucide-react';
import { isGroupChat } from './jid.text.js';

/** The avatar of a chat: the first letter of its name, or an icon for its kind. */
export function ChatAvatar({ jid, name, chosen = false }: { jid: string; name: string; chosen?: boolean }): ReactNode {
  const letter = /^\p{L}/u.exec(name)?.[0];
  return (
    <Avatar color="bus" variant={chosen ? 'filled' : 'light'} radius="xl" aria-hidden>
      {isGroupChat(jid) ? <Users size={18} /> : (letter?.toUpperCase() ?? <User size={18} />)}
    </Avatar>
  );
}
