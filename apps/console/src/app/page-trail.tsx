import type { ReactNode } from 'react';
import { Anchor, Breadcrumbs } from '@mantine/core';
import { Link } from 'react-router';

interface PageTrailProps {
  /** Address and name of the page with the list. */
  readonly to: string;
  readonly list: string;
  /** What this page shows of it. */
  readonly here: string;
}

/** The way from one thing back to the list of all. */
export function PageTrail({ to, list, here }: PageTrailProps): ReactNode {
  return (
    <Breadcrumbs mb="xs" fz="sm">
      <Anchor component={Link} to={to} size="sm">
        {list}
      </Anchor>
      <span aria-current="page">{here}</span>
    </Breadcrumbs>
  );
}
