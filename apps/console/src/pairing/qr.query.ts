import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { path } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { useLifeEvents } from '../live/live.context.js';
import { useEdge } from '../login/signed-in.context.js';
import { sessionKeys } from '../sessions/sessions.cache.js';

export interface QrView {
  /** A data URL of an SVG image. */
  readonly image: string;
  readonly attempt: number;
  /** Milliseconds since 1970 until which the code can be scanned. */
  readonly validUntil: number;
}

const ASK_AGAIN_MS = 1_500;

/**
 * Returns the QR code of a session; `null` if the session has none. Unless `shown` is true, no request is sent. A new code is loaded when its
 * event arrives, at the latest when the old one expires.
 */
export function useQr(session: string, shown: boolean): UseQueryResult<QrView | null> {
  const edge = useEdge();
  const queries = useQueryClient();
  useLifeEvents(({ event, session: of }) => {
    if (event === 'auth.qr' && of === session) void queries.invalidateQueries({ queryKey: sessionKeys.qr(session) });
  });
  return useQuery<QrView | null>({
    queryKey: sessionKeys.qr(session),
    queryFn: async () => {
      try {
        const response = await edge.ask('GET', `${path`/api/sessions/${session}/qr`}?format=svg`);
        return {
          image: `data:image/svg+xml,${encodeURIComponent(await response.text())}`,
          attempt: Number(response.headers.get('wabus-qr-attempt')),
          validUntil: Date.now() + Number(response.headers.get('wabus-qr-ttl-ms'))
        };
      } catch (thrown) {
        const { code } = errorFrom(thrown);
        if (code === 'QR_NOT_AVAILABLE' || code === 'ALREADY_PAIRED') return null;
        throw thrown;
      }
    },
    enabled: shown,
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchInterval: ({ state }) => Math.max(ASK_AGAIN_MS, (state.data?.validUntil ?? 0) - Date.now())
  });
}
