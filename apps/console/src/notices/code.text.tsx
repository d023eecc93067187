import { Fragment, type ReactNode } from 'react';
import { Code } from '@mantine/core';

/** A text in which the parts between backticks are shown as code. */
export function CodeText({ text }: { text: string }): ReactNode {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : <Fragment key={index}>{part}</Fragment>));
}
