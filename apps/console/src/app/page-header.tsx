import type { ReactNode } from 'react';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';

interface PageHeaderProps {
  readonly title: string;
  readonly text?: ReactNode;
  /** Buttons on the right. */
  readonly children?: ReactNode;
}

/** The title and description of a page, and its buttons. */
export function PageHeader({ title, text, children }: PageHeaderProps): ReactNode {
  useDocumentTitle(`${title} · Wabus`);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <Stack gap={2} style={{ minWidth: 0, flex: '1 1 14rem' }}>
        <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {text && (
          <Text c="dimmed" size="sm" component="div">
            {text}
          </Text>
        )}
      </Stack>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
