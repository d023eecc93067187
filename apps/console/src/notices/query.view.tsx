import type { ReactNode } from 'react';
import { Skeleton, Stack } from '@mantine/core';
import { ErrorNotice } from './error.notice.js';

/** What a query knows. */
interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface QueryViewProps<Data> {
  readonly query: Asked<Data>;
  /** How much space is held while nothing is known: so many rows of this height. */
  readonly rows?: number;
  readonly height?: number;
  /** Whether there is nothing to show, and what is shown then. */
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** What a page shows of something that it has asked for: space until the answer is there, the answer, that it is empty, or why there is none, with another try. */
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
