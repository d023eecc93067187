import type { ReactNode } from 'react';
import { Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';

interface EmptyNoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  /** What the user can do about it. */
  readonly children?: ReactNode;
}

/** The content of an empty list. */
export function EmptyNotice({ icon: Icon, title, text, children }: EmptyNoticeProps): ReactNode {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap="sm" maw={420}>
        <ThemeIcon size={56} radius="xl" variant="light">
          <Icon size={28} aria-hidden />
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        <Text c="dimmed" ta="center" size="sm">
          {text}
        </Text>
        {children}
      </Stack>
    </Center>
  );
}
