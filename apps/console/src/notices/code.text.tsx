import { Fragment, type ReactNode } from 'react';
import { Code } from '@mantine/core';

/** Renders a text and shows the parts between backticks as code. */
export function CodeText({ text }: { text: string }): ReactNode {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : <Fragment key={index}>{part}</Fragment>));
}
