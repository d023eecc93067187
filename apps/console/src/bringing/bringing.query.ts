import { useState } from 'react';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { SourceFile } from '@wabus/migrate';
import { path } from '../edge/edge.client.js';
import { useEdge } from '../login/signed-in.context.js';
import { sessionKeys } from '../sessions/sessions.cache.js';

interface Report {
  readonly records: Readonly<Record<string, number>>;
}

/** Uploads files and imports them as the session. `sent` is the uploaded share, 0 to 1; `null` before the upload starts. */
export function useBringAlong(session: string): UseMutationResult<Report, unknown, () => Promise<SourceFile[]>> & { sent: number | null } {
  const edge = useEdge();
  const queries = useQueryClient();
  const [sent, setSent] = useState<number | null>(null);
  const mutation = useMutation({
    mutationFn: async (give: () => Promise<SourceFile[]>) => {
      setSent(null);
      // Only users who import a session load the code that reads sessions.
      const { streamOfFiles } = await import('./device.reader.js');
      const file = streamOfFiles(await give());
      return edge.upload<Report>(path`/api/sessions/${session}/import`, { file, onProgress: setSent });
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: sessionKeys.all })
  });
  return { ...mutation, sent };
}
