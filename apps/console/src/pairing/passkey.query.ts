import { useState } from 'react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PasskeyAssertion, PasskeyError, PasskeyRecord, PasskeyRequest, PasskeyStage } from '@wabus/contracts';
import { path } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { useLifeEvents } from '../live/live.context.js';
import { useEdge } from '../login/signed-in.context.js';
import { sessionKeys } from '../sessions/sessions.cache.js';

export interface Passkey {
  /** `null` until it is known, and if WhatsApp requests no passkey. */
  readonly request: PasskeyRequest | null;
  /** Why the last attempt failed. It stays when the next QR code is shown. */
  readonly failure: PasskeyError | null;
  readonly forget: () => void;
  readonly error: unknown;
  readonly pending: boolean;
  readonly submit: (assertion: PasskeyAssertion) => void;
  readonly confirm: (equal: boolean) => void;
  readonly cancel: () => void;
}

type Change = { readonly method: 'POST' | 'DELETE'; readonly step?: string; readonly body?: object };

/** Returns the state and the actions of a session's passkey link. While `stage` is `null`, no request is sent. */
export function usePasskey(session: string, stage: PasskeyStage | null): Passkey {
  const edge = useEdge();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<PasskeyError | null>(null);
  useLifeEvents(({ event, session: of, data }) => {
    if (event !== 'auth.passkey' || of !== session) return;
    if (data.stage === 'failed') setFailure(data.error);
    else if (data.stage !== null) setFailure(null);
    void queries.invalidateQueries({ queryKey: sessionKeys.passkey(session) });
  });
  const address = path`/api/sessions/${session}/passkey`;
  const { data } = useQuery<PasskeyRequest | null>({
    queryKey: [...sessionKeys.passkey(session), stage],
    queryFn: async () => {
      try {
        return await edge.get<PasskeyRequest>(address);
      } catch (thrown) {
        if (errorFrom(thrown).code === 'PASSKEY_NOT_REQUESTED') return null;
        throw thrown;
      }
    },
    enabled: stage !== null,
    placeholderData: keepPreviousData,
    gcTime: 0
  });
  const change = useMutation({
    mutationFn: ({ method, step = '', body }: Change) => edge.json<PasskeyRecord>(method, `${address}${step}`, body),
    onSettled: () => void queries.invalidateQueries({ queryKey: sessionKeys.passkey(session) })
  });
  return {
    request: stage === null ? null : (data ?? null),
    failure,
    forget: () => setFailure(null),
    error: change.error,
    pending: change.isPending,
    submit: assertion => change.mutate({ method: 'POST', body: { assertion } }),
    confirm: equal => change.mutate({ method: 'POST', step: '/confirm', body: { equal } }),
    cancel: () => change.mutate({ method: 'DELETE' })
  };
}

/** Returns a one-time URL for a passkey exchange, created once per request; `null` until it is loaded. */
export function useOneTimeAddress(session: string, requestedAt: string): string | null {
  const edge = useEdge();
  const { data } = useQuery({
    queryKey: ['passkey-address', session, requestedAt],
    queryFn: async () => {
      const { url } = await edge.get<PasskeyRequest>(`${path`/api/sessions/${session}/passkey`}?link=true`);
      // Uses the origin of this page, regardless of the host that a proxy reports to the edge.
      return url === null ? null : new URL(new URL(url, location.origin).pathname, location.origin).href;
    },
    staleTime: Infinity,
    gcTime: 0,
    retry: false
  });
  return data ?? null;
}
