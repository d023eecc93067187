import { useCallback } from 'react';
import type { StoredMessageView } from '@wabus/contracts';
import { useTranslation } from 'react-i18next';
import { mediaOf, otherKindOf } from './message-content.policy.js';
import { kindNameOf } from './other-kind.policy.js';
import { isVoice } from './quoted-part.policy.js';

/** Returns a function that summarizes a message in one line: its text, or its kind, with the author's name if the author is not obvious. */
export function usePreviewText(): (message: StoredMessageView, inGroup?: boolean) => string {
  const { t } = useTranslation();
  return useCallback(
    (message, inGroup = false) => {
      const content = (): string => {
        if (message.revokedAt !== null) return t('chats.revoked');
        if (message.text !== null) return message.text;
        const media = mediaOf(message.message);
        if (media !== null) return media.fileName ?? t(`chats.kinds.${isVoice(message.message) ? 'voice' : media.kind}`);
        const kind = otherKindOf(message.message);
        if (kind !== null) return t(`chats.others.${kindNameOf(kind)}`);
        return isGroupNotice(message) ? t('chats.groupChange') : t('chats.unreadable');
      };
      if (message.fromMe) return `${t('chats.you')}: ${content()}`;
      const pushName = message.message?.['pushName'];
      return inGroup && typeof pushName === 'string' && pushName !== '' ? `${pushName}: ${content()}` : content();
    },
    [t]
  );
}

/** Whether the message reports a change of a group. A message that could not be decrypted also has a stub type: CIPHERTEXT. */
export function isGroupNotice({ message }: StoredMessageView): boolean {
  const type = message?.['messageStubType'];
  return type !== undefined && type !== null && type !== 0 && type !== 2 && type !== 'UNKNOWN' && type !== 'CIPHERTEXT';
}
