import type { ReactNode } from 'react';
import { Anchor, Breadcrumbs } from '@mantine/core';
import { Link } from 'react-router';

/** Wraps anywhere: ids have up to 64 characters and no spaces. */
const LONG_NAMES = { breadcrumb: { minWidth: 0, whiteSpace: 'normal', overflowWrap: 'anywhere' } } as const;

interface PageTrailProps {
  /** Address and name of the page that contains the list. */
  readonly to: string;
  readonly list: string;
  /** The name of the list item that this page shows. */
  readonly here: string;
}

/** Breadcrumbs that lead from one item back to its list. */
export function PageTrail({ to, list, here }: PageTrailProps): ReactNode {
  return (
    <Breadcrumbs mb="xs" fz="sm" styles={LONG_NAMES}>
      <Anchor component={Link} to={to} size="sm">
        {list}
      </Anchor>
      <span aria-current="page">{here}</span>
    </Breadcrumbs>
  );
}
