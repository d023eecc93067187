import type { ReactNode } from 'react';
import { Code } from '@mantine/core';

/** A text in which `<code>` marks what is typed. i18next has a component for any tags, twenty times as large. */
export function CodeText({ text }: { text: string }): ReactNode {
  const parts = text.split(/<code>(.*?)<\/code>/);
  return parts.map((part, index) => (index % 2 === 0 ? part : <Code key={part}>{part}</Code>));
}
