import { useState, type ReactNode } from 'react';
import { Code, Group, SegmentedControl, Stack } from '@mantine/core';
import { CopyText } from '../notices/copy.text.js';

/** A code snippet in one language or for one program. */
export interface Snippet {
  /** Name of the language or program, shown as a tab. */
  readonly name: string;
  readonly code: string;
}

/** Code to copy, in the language that the user selects. */
export function SnippetsView({ snippets, label }: { snippets: readonly Snippet[]; label: string }): ReactNode {
  const [chosen, choose] = useState(snippets[0]!.name);
  const { code } = snippets.find(({ name }) => name === chosen) ?? snippets[0]!;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <SegmentedControl size="xs" aria-label={label} data={snippets.map(({ name }) => name)} value={chosen} onChange={choose} />
        <CopyText text={code} />
      </Group>
      <Code block tabIndex={0} data-snippet={chosen} style={{ whiteSpace: 'pre', overflow: 'auto' }}>
        {code}
      </Code>
    </Stack>
  );
}
