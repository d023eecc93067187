import { useEffect, useRef, useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import type { PairingCodeIssued } from '@wabus/sdk';
import { path } from '../edge/edge.client.js';
import { useLifeEvents } from '../live/live.context.js';
import { useEdge } from '../login/signed-in.context.js';
import type { SessionStateName } from '../sessions/session-state.table.js';

interface PairingCode {
  /** The newest code, regardless of who requested it; `null` if no code is valid. */
  readonly code: PairingCodeIssued | null;
  readonly pending: boolean;
  readonly error: unknown;
  readonly ask: (phoneNumber: string) => void;
  readonly forget: () => void;
}

/**
 * Returns the pairing code of a session. A code is valid only on the connection that issued it, so it is requested again for the same number on
 * the next connection.
 */
export function usePairingCode(session: string, state: SessionStateName): PairingCode {
  const edge = useEdge();
  const [code, setCode] = useState<PairingCodeIssued | null>(null);
  const [number, setNumber] = useState<string | null>(null);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (phoneNumber: string) => edge.json<PairingCodeIssued>('POST', path`/api/sessions/${session}/pairing-code`, { phoneNumber }),
    onSuccess: setCode
  });
  useLifeEvents(({ event, session: of, data }) => {
    if (event === 'auth.pairing-code' && of === session) setCode(data.code === null ? null : { code: data.code, at: data.at });
  });
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'pairing' && state !== 'pairing') setCode(null);
    if (before.current !== 'pairing' && state === 'pairing' && number !== null) mutate(number);
    before.current = state;
  }, [state, number, mutate]);
  return {
    code,
    pending: isPending,
    error,
    ask: phoneNumber => {
      setNumber(phoneNumber);
      mutate(phoneNumber);
    },
    forget: () => {
      reset();
      setNumber(null);
      setCode(null);
    }
  };
}
