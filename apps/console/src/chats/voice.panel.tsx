import type { ReactNode } from 'react';
import { ActionIcon, Group, Text } from '@mantine/core';
import { SendHorizontal, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './chats.module.css';
import type { VoiceNote, VoiceRecording } from './voice-recording.js';

interface VoicePanelProps {
  readonly recording: VoiceRecording;
  readonly onSend: (voice: VoiceNote) => void;
}

/** A recording in progress: its length, and buttons to send or discard it. */
export function VoicePanel({ recording, onSend }: VoicePanelProps): ReactNode {
  const { t } = useTranslation();
  const seconds = Math.floor(recording.elapsed ?? 0);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const send = async (): Promise<void> => {
    const voice = await recording.finish();
    if (voice !== null) onSend(voice);
  };
  return (
    <Group gap="xs" wrap="nowrap" data-recording>
      <ActionIcon variant="subtle" color="red" size={36} aria-label={t('chats.voice.discard')} onClick={recording.discard}>
        <Trash2 size={18} aria-hidden />
      </ActionIcon>
      <span className={classes.dot} aria-hidden />
      <Text size="sm" flex={1} role="timer" aria-label={t('chats.voice.recording', { time })}>
        {t('chats.voice.recording', { time })}
      </Text>
      <ActionIcon size={36} aria-label={t('chats.voice.send')} onClick={() => void send()} autoFocus>
        <SendHorizontal size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
