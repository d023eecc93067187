import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { Center, Loader } from '@mantine/core';
import type { PrincipalView } from '@wabus/contracts';
import { WabusError } from '@wabus/sdk';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EdgeClient } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { LoginPage } from './login.page.js';
import { SignedInContext, type SignedIn } from './signed-in.context.js';
import { tokenStorage } from './token-storage.js';

interface Admitted {
  readonly token: string;
  readonly principal: PrincipalView;
}

/** Shows the login until a token is known that the edge accepts, then what is behind it. A token that is revoked later leads back here. */
export function LoginGate({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [admitted, setAdmitted] = useState<Admitted | null>(null);
  const [checking, setChecking] = useState(() => tokenStorage.read() !== null);
  const [error, setError] = useState<WabusError | null>(null);

  const signOut = useCallback(
    (reason: WabusError | null = null) => {
      tokenStorage.forget();
      queries.clear();
      setAdmitted(null);
      setError(reason);
    },
    [queries]
  );

  const signIn = useCallback(
    async (token: string) => {
      setChecking(true);
      setError(null);
      try {
        const principal = await new EdgeClient(token, () => undefined).get<PrincipalView>('/api/principal');
        tokenStorage.keep(token);
        setAdmitted({ token, principal });
      } catch (thrown) {
        const refusal = errorFrom(thrown);
        if (refusal.code !== 'UNAUTHORIZED') return setError(refusal);
        tokenStorage.forget();
        setError(new WabusError('UNAUTHORIZED', { message: t('login.refused') }));
      } finally {
        setChecking(false);
      }
    },
    [t]
  );

  useEffect(() => {
    const kept = tokenStorage.read();
    if (kept !== null) void signIn(kept);
  }, [signIn]);

  const signedIn = useMemo<SignedIn | null>(() => {
    if (admitted === null) return null;
    const ended = new WabusError('UNAUTHORIZED', { message: t('login.ended') });
    return {
      ...admitted,
      edge: new EdgeClient(admitted.token, () => signOut(ended)),
      signOut: (because?: WabusError) => signOut(because ? ended : null)
    };
  }, [admitted, signOut, t]);

  if (signedIn !== null) return <SignedInContext value={signedIn}>{children}</SignedInContext>;
  if (checking && error === null && tokenStorage.read() !== null) {
    return (
      <Center h="100dvh">
        <Loader aria-label={t('login.checking')} />
      </Center>
    );
  }
  return <LoginPage busy={checking} error={error} onSubmit={token => void signIn(token)} />;
}
