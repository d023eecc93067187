import { useMutation } from '@tanstack/react-query';
import type { StoredMessageView } from '@wabus/contracts';
import type { CommandArguments } from '@wabus/sdk';
import { useClient } from '../live/live.context.js';
import { commandKeyOf } from './quoted-part.policy.js';

export type MessageAction =
  | { readonly kind: 'react'; readonly message: StoredMessageView; readonly emoji: string }
  | { readonly kind: 'edit'; readonly message: StoredMessageView; readonly text: string }
  | { readonly kind: 'delete for all'; readonly message: StoredMessageView }
  | { readonly kind: 'delete for me'; readonly message: StoredMessageView };

interface MessageActions {
  /** `onDone` is called when WhatsApp has accepted the action. */
  readonly act: (action: MessageAction, onDone?: () => void) => void;
  readonly pending: boolean;
  /** The error of the last action if it failed, otherwise `null`. */
  readonly error: unknown;
  readonly forget: () => void;
}

/** Returns the actions for an existing message. */
export function useMessageActions(session: string, jid: string): MessageActions {
  const client = useClient();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (action: MessageAction): Promise<void> => {
      const { message } = action;
      const key = commandKeyOf(message);
      if (action.kind === 'delete for me') {
        const modification = { deleteForMe: { key, timestamp: message.timestamp, deleteMedia: false } };
        await client.command('chatModify', { jid, modification } as unknown as CommandArguments['chatModify'], { session });
        return;
      }
      const args = { jid, content: contentOf(action, key) } as unknown as CommandArguments['sendMessage'];
      await client.command('sendMessage', args, { session });
    }
  });
  return { act: (action, onDone) => mutate(action, onDone ? { onSuccess: onDone } : {}), pending: isPending, error, forget: reset };
}

function contentOf(action: Exclude<MessageAction, { kind: 'delete for me' }>, key: Record<string, unknown>): Record<string, unknown> {
  switch (action.kind) {
    case 'react':
      return { react: { text: action.emoji, key } };
    case 'edit':
      return { text: action.text, edit: key };
    case 'delete for all':
      return { delete: key };
  }
}
