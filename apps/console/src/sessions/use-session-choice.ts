import { useEffect, useState } from 'react';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router';
import { choiceOf, parametersOf, type SessionChoice } from './session-list.policy.js';

/**
 * Which sessions somebody wants to see, and how to change that. The address says it too, for links and reloads, but follows when the browser has time: what
 * is typed is taken at once.
 */
export function useSessionChoice(): [choice: SessionChoice, change: (change: Partial<SessionChoice>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const navigation = useNavigationType();
  const [choice, setChoice] = useState(() => choiceOf(parameters));
  useEffect(() => {
    // A link or the way back has changed the address; what is replaced comes from here.
    if (navigation !== NavigationType.Replace) setChoice(choiceOf(parameters));
  }, [navigation, parameters]);
  const change = (changed: Partial<SessionChoice>): void => {
    const next = { ...choice, ...changed };
    setChoice(next);
    setParameters(parametersOf(next), { replace: true });
  };
  return [choice, change];
}
