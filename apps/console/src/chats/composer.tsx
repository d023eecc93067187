import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ActionIcon, FileButton, Group, Pill, Textarea, Tooltip } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './chats.module.css';

/** Writes a message, with a file if wanted. Enter sends, with the shift key it begins a new line. */
export function Composer({ onSend }: { onSend: (text: string, file: File | null) => void }): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const forget = useRef<() => void>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const empty = text.trim() === '' && file === null;
  const send = (): void => {
    if (empty) return;
    onSend(text.trim(), file);
    setText('');
    setFile(null);
    forget.current?.();
    input.current?.focus();
  };
  const onKey = (pressed: KeyboardEvent): void => {
    // Enter also ends the composition of a character, in Japanese for example.
    if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.nativeEvent.isComposing) return;
    pressed.preventDefault();
    send();
  };
  return (
    <form
      className={classes.composer}
      onSubmit={submitted => {
        submitted.preventDefault();
        send();
      }}
    >
      {file !== null && (
        <Pill
          withRemoveButton
          mb="xs"
          onRemove={() => setFile(null)}
          removeButtonProps={{ 'aria-label': t('chats.removeFile'), tabIndex: 0 }}
        >
          {file.name}
        </Pill>
      )}
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <FileButton onChange={setFile} resetRef={forget} inputProps={{ 'aria-label': t('chats.attach') }}>
          {props => (
            <Tooltip label={t('chats.attach')}>
              <ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label={t('chats.attach')}>
                <Paperclip size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
        <Textarea
          ref={input}
          flex={1}
          autosize
          minRows={1}
          maxRows={6}
          aria-label={t('chats.write')}
          placeholder={t('chats.write')}
          value={text}
          onChange={changed => setText(changed.currentTarget.value)}
          onKeyDown={onKey}
        />
        <ActionIcon type="submit" size={36} aria-label={t('chats.send')} disabled={empty}>
          <SendHorizontal size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </form>
  );
}
