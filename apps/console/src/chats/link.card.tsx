import type { ReactNode } from 'react';
import { Anchor, Text } from '@mantine/core';
import classes from './chats.module.css';
import type { LinkPart } from './quoted-part.policy.js';

/** The preview of a link, as the sender's phone created it. */
export function LinkCard({ link }: { link: LinkPart }): ReactNode {
  const { url, title, description, picture } = link;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" className={classes.quoted} underline="never" c="inherit" data-link>
      {picture !== null && <img src={picture} alt="" className={classes.linkPicture} />}
      <Text size="sm" fw={600} lineClamp={2}>
        {title}
      </Text>
      {description !== null && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {description}
        </Text>
      )}
      <Text size="xs" c="dimmed" truncate>
        {hostOf(url)}
      </Text>
    </Anchor>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
