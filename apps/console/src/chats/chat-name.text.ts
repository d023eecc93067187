import { useCallback } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ChatView, ContactView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { chatKindOf, phoneIn } from './jid.text.js';

type Named = Pick<ChatView, 'name' | 'jid' | 'otherJid'>;

/**
 * Returns a function that returns the display name of a chat: its name, otherwise the phone number in either jid, otherwise its kind. Never a
 * jid.
 */
export function useChatName(): (chat: Named) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ name, jid, otherJid }) => {
      if (name !== null && name.trim() !== '') return name;
      const phone = phoneIn(jid) ?? (otherJid === null ? null : phoneIn(otherJid));
      if (phone !== null) return phone;
      const kind = chatKindOf(jid);
      return kind === 'phone' ? jid : t(`chats.names.${kind}`);
    },
    [t]
  );
}

/** Returns the name of a person from the contacts. With the jid `null`, no request is sent. */
export function usePersonName(session: string, jid: string | null, known: string | null = null): string {
  const edge = useEdge();
  const nameOf = useChatName();
  const { data } = useQuery({
    queryKey: ['contact', session, jid],
    queryFn: () => edge.get<ContactView>(path`/api/sessions/${session}/store/contacts/${jid ?? ''}`),
    enabled: jid !== null && known === null,
    staleTime: 60_000,
    retry: false
  });
  if (jid === null || known !== null) return known ?? '';
  return nameOf(data ?? { name: null, jid, otherJid: null });
}
