import type { ReactNode } from 'react';
import { Table } from '@mantine/core';

/** A table that scrolls sideways if less than `minWidth` px are available, also with the keyboard. `label` is its accessible name. */
export function WideTable({
  label,
  minWidth,
  verticalSpacing = 'xs',
  children
}: {
  label: string;
  minWidth: number;
  verticalSpacing?: 'xs' | number;
  children: ReactNode;
}): ReactNode {
  return (
    <Table.ScrollContainer minWidth={minWidth} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table verticalSpacing={verticalSpacing} aria-label={label}>
        {children}
      </Table>
    </Table.ScrollContainer>
  );
}
