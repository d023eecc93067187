import { useEffect, useState, type ReactNode } from 'react';
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { PayloadJson } from '@wabus/contracts';
import { Download, FileText, Film, Image as ImageIcon, Music, Sticker, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../live/live.context.js';
import { ErrorNotice } from '../notices/error.notice.js';
import classes from './chats.module.css';
import type { MessageMediaKind, MediaPart } from './message-content.policy.js';
import { isVoice, thumbnailOf } from './quoted-part.policy.js';

const ICONS: Record<MessageMediaKind, LucideIcon> = { image: ImageIcon, video: Film, audio: Music, document: FileText, sticker: Sticker };

interface MediaViewProps {
  readonly session: string;
  readonly message: PayloadJson | null;
  readonly media: MediaPart;
}

/** The file of a message. It is fetched from WhatsApp when the user opens it. */
export function MediaView({ session, message, media }: MediaViewProps): ReactNode {
  const { t } = useTranslation();
  const client = useClient();
  const [address, setAddress] = useState<string | null>(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const reference = await client.media.fetchOfMessage(message ?? {}, { session });
      const file = await client.media.download(reference.media, { session });
      return URL.createObjectURL(await file.blob());
    },
    onSuccess: setAddress
  });
  useEffect(() => () => (address === null ? undefined : URL.revokeObjectURL(address)), [address]);
  const Icon = ICONS[media.kind];
  const voice = isVoice(message);
  const name = media.fileName ?? t(`chats.kinds.${voice ? 'voice' : media.kind}`);
  const thumbnail = thumbnailOf(message);
  if (address !== null) return <OpenedMedia address={address} name={name} kind={media.kind} />;
  return (
    <Stack gap={4} mb={4}>
      {thumbnail !== null && <img src={thumbnail} alt="" className={classes.thumbnail} />}
      <Button
        variant="default"
        leftSection={<Icon size={16} aria-hidden />}
        rightSection={<Download size={14} aria-hidden />}
        loading={isPending}
        disabled={message === null}
        onClick={() => mutate()}
      >
        {name}
      </Button>
      {media.bytes !== null && (
        <Text size="xs" c="dimmed">
          {t('chats.size', { kilobytes: Math.max(1, Math.round(media.bytes / 1_024)) })}
        </Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
    </Stack>
  );
}

function OpenedMedia({ address, name, kind }: { address: string; name: string; kind: MessageMediaKind }): ReactNode {
  const style = { maxWidth: '100%', maxHeight: 320, borderRadius: 8, display: 'block' } as const;
  if (kind === 'image' || kind === 'sticker') return <img src={address} alt={name} style={style} />;
  if (kind === 'video') return <video src={address} controls style={style} aria-label={name} />;
  if (kind === 'audio') return <audio src={address} controls aria-label={name} style={{ maxWidth: '100%' }} />;
  return (
    <Anchor href={address} download={name} size="sm">
      {name}
    </Anchor>
  );
}
