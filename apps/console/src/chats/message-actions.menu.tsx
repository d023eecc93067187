import type { ReactNode } from 'react';
import { ActionIcon, Group, Menu } from '@mantine/core';
import type { StoredMessageView } from '@wabus/contracts';
import { Ban, ChevronDown, Copy, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { copyToClipboard } from '../notices/clipboard.js';
import { confirm } from '../notices/confirm.js';
import { notifyNotCopied } from '../notices/notify.js';
import classes from './chats.module.css';
import type { MessageAction } from './message-actions.js';
import { isEditable } from './quoted-part.policy.js';

/** The emoji that WhatsApp itself offers first. */
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface MessageActionsMenuProps {
  readonly message: StoredMessageView;
  readonly onAct: (action: MessageAction) => void;
  readonly onReply: () => void;
  readonly onEdit: () => void;
}

/** The menu of actions for a message. */
export function MessageActionsMenu({ message, onAct, onReply, onEdit }: MessageActionsMenuProps): ReactNode {
  const { t } = useTranslation();
  const { fromMe, text, revokedAt } = message;
  const there = revokedAt === null;
  const mine = message.reactions.find(({ sender }) => sender === 'me')?.text;
  const ask = (kind: 'delete for all' | 'delete for me'): void => {
    const action = kind === 'delete for all' ? t('chats.actions.deleteForAll') : t('chats.actions.deleteForMe');
    const consequence = kind === 'delete for all' ? t('chats.actions.deleteForAllText') : t('chats.actions.deleteForMeText');
    confirm({ title: action, text: consequence, action, dangerous: true, onConfirm: () => onAct({ kind, message }) });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className={classes.actions} variant="subtle" color="gray" size="sm" aria-label={t('chats.actions.menu')}>
          <ChevronDown size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {there && (
          <Group gap={0} wrap="nowrap">
            {EMOJI.map(emoji => (
              <Menu.Item
                key={emoji}
                w="auto"
                px={8}
                aria-label={t('chats.actions.react', { emoji })}
                onClick={() => onAct({ kind: 'react', message, emoji })}
              >
                {emoji}
              </Menu.Item>
            ))}
          </Group>
        )}
        {there && mine !== undefined && (
          <Menu.Item leftSection={<SmilePlus size={16} aria-hidden />} onClick={() => onAct({ kind: 'react', message, emoji: '' })}>
            {t('chats.actions.unreact')}
          </Menu.Item>
        )}
        {there && (
          <Menu.Item leftSection={<Reply size={16} aria-hidden />} onClick={onReply}>
            {t('chats.actions.reply')}
          </Menu.Item>
        )}
        {there && text !== null && (
          <Menu.Item leftSection={<Copy size={16} aria-hidden />} onClick={() => void copy(text)}>
            {t('chats.actions.copy')}
          </Menu.Item>
        )}
        {isEditable(message, Date.now()) && (
          <Menu.Item leftSection={<Pencil size={16} aria-hidden />} onClick={onEdit}>
            {t('chats.actions.edit')}
          </Menu.Item>
        )}
        {there && fromMe && (
          <Menu.Item leftSection={<Ban size={16} aria-hidden />} onClick={() => ask('delete for all')}>
            {t('chats.actions.deleteForAll')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<Trash2 size={16} aria-hidden />} onClick={() => ask('delete for me')}>
          {t('chats.actions.deleteForMe')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function copy(text: string): Promise<void> {
  if (!(await copyToClipboard(text))) notifyNotCopied();
}
