import type { ReactNode } from 'react';
import { Skeleton, Stack } from '@mantine/core';
import { ErrorNotice } from './error.notice.js';

/** The state of a query. */
interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface QueryViewProps<Data> {
  readonly query: Asked<Data>;
  /** The number and height of the placeholder rows while the query has no data. */
  readonly rows?: number;
  readonly height?: number;
  /** Whether the data is empty, and what to show in that case. */
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** Shows the state of a query: a placeholder while it loads, its data, a notice if the data is empty, or the error with a button to try again. */
export function QueryView<Data>({ query, rows = 1, height = 120, isEmpty, empty, children }: QueryViewProps<Data>): ReactNode {
  const { data, error, refetch } = query;
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <Stack gap="xs" aria-busy>
          {Array.from({ length: rows }, (_, row) => (
            <Skeleton key={row} height={height} />
          ))}
        </Stack>
      )}
      {data !== undefined && (isEmpty?.(data) ? empty : children(data))}
    </>
  );
}
