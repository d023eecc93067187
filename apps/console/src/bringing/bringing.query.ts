import { useState } from 'react';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { SourceFile } from '@wabus/migrate';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { sessionKeys } from '../sessions/sessions.cache.js';

interface Report {
  readonly records: Readonly<Record<string, number>>;
}

/** Takes files over as the session. `sent` is the part that is on its way to the edge, 0 to 1; `null` before. */
export function useBringAlong(session: string): UseMutationResult<Report, unknown, () => Promise<SourceFile[]>> & { sent: number | null } {
  const edge = useEdge();
  const queries = useQueryClient();
  const [sent, setSent] = useState<number | null>(null);
  const mutation = useMutation({
    mutationFn: async (give: () => Promise<SourceFile[]>) => {
      setSent(null);
      // What reads sessions is loaded by those who bring one.
      const { streamOfFiles } = await import('./device.reader.js');
      const file = streamOfFiles(await give());
      return edge.upload<Report>(path`/api/sessions/${session}/import`, { file, onProgress: setSent });
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: sessionKeys.all })
  });
  return { ...mutation, sent };
}
