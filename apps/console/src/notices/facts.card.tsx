import type { ReactNode } from 'react';
import { Card, Text, Title } from '@mantine/core';

/** A card with rows of names and values. */
export function FactsCard({ title, rows }: { title: string; rows: [string, ReactNode][] }): ReactNode {
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" fw={500}>
              {value}
            </Text>
          </div>
        ))}
      </dl>
    </Card>
  );
}
