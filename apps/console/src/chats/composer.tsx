import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { ActionIcon, CloseButton, FileButton, Group, Pill, Text, Textarea, Tooltip } from '@mantine/core';
import { Check, Mic, Paperclip, SendHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './chats.module.css';
import { useVoiceRecording, type VoiceNote } from './voice-recording.js';
import { VoicePanel } from './voice.panel.js';

/** What the text is for, if it is not a new message. */
export interface WritingMode {
  readonly kind: 'reply' | 'edit';
  readonly title: string;
  readonly text: string;
}

interface ComposerProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly file: File | null;
  readonly onFile: (file: File | null) => void;
  readonly mode: WritingMode | null;
  readonly onLeaveMode: () => void;
  readonly onSend: () => void;
  readonly onVoice: (voice: VoiceNote) => void;
}

/**
 * Writes a message, optionally with a file or as a voice message. Enter sends, Shift+Enter starts a new line, and Escape cancels a reply or an
 * edit.
 */
export function Composer({ text, onText, file, onFile, mode, onLeaveMode, onSend, onVoice }: ComposerProps): ReactNode {
  const { t } = useTranslation();
  const recording = useVoiceRecording();
  const forget = useRef<() => void>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const editing = mode?.kind === 'edit';
  const empty = text.trim() === '' && file === null;
  useEffect(() => {
    if (mode !== null) input.current?.focus();
  }, [mode]);
  useEffect(() => {
    if (file === null) forget.current?.();
  }, [file]);
  const send = (): void => {
    if (empty) return;
    onSend();
    input.current?.focus();
  };
  const onKey = (pressed: KeyboardEvent): void => {
    if (pressed.key === 'Escape' && mode !== null) return onLeaveMode();
    // Enter also ends the composition of a character, for example in Japanese.
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
      {mode !== null && (
        <Group gap="xs" mb="xs" wrap="nowrap" className={classes.mode} data-writing={mode.kind}>
          <div className={classes.quoted} style={{ flex: 1 }}>
            <Text size="xs" fw={600} c="var(--mantine-color-anchor)">
              {mode.title}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {mode.text}
            </Text>
          </div>
          <CloseButton aria-label={editing ? t('chats.stopEdit') : t('chats.stopReply')} onClick={onLeaveMode} />
        </Group>
      )}
      {recording.fault !== null && (
        <Text size="sm" c="var(--wabus-danger)" role="alert" mb="xs">
          {t(`chats.voice.${recording.fault}`)}
        </Text>
      )}
      {file !== null && (
        <Pill
          withRemoveButton
          mb="xs"
          onRemove={() => onFile(null)}
          removeButtonProps={{ 'aria-label': t('chats.removeFile'), tabIndex: 0 }}
        >
          {file.name}
        </Pill>
      )}
      {recording.elapsed !== null ? (
        <VoicePanel recording={recording} onSend={onVoice} />
      ) : (
        <Group gap="xs" wrap="nowrap" align="flex-end">
          {!editing && (
            <FileButton onChange={onFile} resetRef={forget} inputProps={{ 'aria-label': t('chats.attach') }}>
              {props => (
                <Tooltip label={t('chats.attach')}>
                  <ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label={t('chats.attach')}>
                    <Paperclip size={18} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )}
            </FileButton>
          )}
          <Textarea
            ref={input}
            dir="auto"
            flex={1}
            autosize
            minRows={1}
            maxRows={6}
            aria-label={t('chats.write')}
            placeholder={t('chats.write')}
            value={text}
            onChange={changed => onText(changed.currentTarget.value)}
            onKeyDown={onKey}
          />
          {empty && !editing ? (
            <Tooltip label={recording.possible ? t('chats.voice.record') : t('chats.voice.insecure')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t('chats.voice.record')}
                data-disabled={!recording.possible || undefined}
                aria-disabled={!recording.possible}
                onClick={() => recording.possible && recording.start()}
              >
                <Mic size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
          ) : (
            <ActionIcon type="submit" size={36} aria-label={editing ? t('chats.save') : t('chats.send')} disabled={empty}>
              {editing ? <Check size={18} aria-hidden /> : <SendHorizontal size={18} aria-hidden />}
            </ActionIcon>
          )}
        </Group>
      )}
    </form>
  );
}
