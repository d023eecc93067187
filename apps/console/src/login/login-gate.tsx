import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { PrincipalView } from '@wabus/contracts';
import { WabusError } from '@wabus/sdk';
import { useTranslation } from 'react-i18next';
import { EdgeClient } from '../edge/edge.client.js';
import { errorFrom } from '../edge/edge-error.js';
import { FullLoader } from '../notices/full-loader.js';
import { enter, leave, loginNote, takeLoginCode, type Proof } from './login-requests.js';
import { LoginPage } from './login.page.js';
import { SignedInContext, type SignedIn } from './signed-in.context.js';

/** Shows the login page until the edge accepts a login, then the children. If the login ends, the login page is shown again. */
export function LoginGate({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [principal, setPrincipal] = useState<PrincipalView | null>(null);
  const [state, setState] = useState<'returning' | 'asking' | 'idle'>('returning');
  const [error, setError] = useState<WabusError | null>(null);

  const forget = useCallback((reason: WabusError | null) => {
    loginNote.forget();
    setPrincipal(null);
    setError(reason);
  }, []);

  const signIn = useCallback(
    async (proof: Proof | null) => {
      setError(null);
      try {
        setPrincipal(await enter(proof));
        loginNote.keep();
      } catch (thrown) {
        const refusal = errorFrom(thrown);
        if (refusal.code !== 'UNAUTHORIZED') return setError(refusal);
        const text = proof === null ? 'login.ended' : 'code' in proof ? 'login.codeRefused' : 'login.refused';
        forget(new WabusError('UNAUTHORIZED', { message: t(text) }));
      } finally {
        setState('idle');
      }
    },
    [forget, t]
  );

  const begun = useRef(false);
  useEffect(() => {
    const begin = (): void => {
      const code = takeLoginCode();
      if (code !== null) return void signIn({ code });
      if (begun.current) return;
      if (loginNote.read()) void signIn(null);
      else setState('idle');
    };
    begin();
    begun.current = true;
    // The user opens a one-time login link in a tab that is already open.
    addEventListener('hashchange', begin);
    return () => removeEventListener('hashchange', begin);
  }, [signIn]);

  const signedIn = useMemo<SignedIn | null>(() => {
    if (principal === null) return null;
    const ended = (): void => forget(new WabusError('UNAUTHORIZED', { message: t('login.ended') }));
    const signOut = (): void => {
      forget(null);
      void leave();
    };
    return { principal, edge: new EdgeClient(ended), ended, signOut };
  }, [principal, forget, t]);

  if (signedIn !== null) return <SignedInContext value={signedIn}>{children}</SignedInContext>;
  if (state === 'returning') return <FullLoader />;
  const submit = (token: string, remember: boolean): void => {
    setState('asking');
    void signIn({ token, remember });
  };
  return <LoginPage busy={state === 'asking'} error={error} onSubmit={submit} />;
}
