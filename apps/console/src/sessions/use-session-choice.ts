import { useEffect, useState } from 'react';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router';
import { choiceOf, parametersOf, type SessionChoice } from './session-list.policy.js';

/**
 * Returns the search, filter and order of the list, and a function to change them. They are also in the address, for links and reloads, but the
 * address may lag behind the input.
 */
export function useSessionChoice(): [choice: SessionChoice, change: (change: Partial<SessionChoice>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const navigation = useNavigationType();
  const [choice, setChoice] = useState(() => choiceOf(parameters));
  useEffect(() => {
    // A link or the back button has changed the address. This hook itself only replaces history entries.
    if (navigation !== NavigationType.Replace) setChoice(choiceOf(parameters));
  }, [navigation, parameters]);
  const change = (changed: Partial<SessionChoice>): void => {
    const next = { ...choice, ...changed };
    setChoice(next);
    setParameters(parametersOf(next), { replace: true });
  };
  return [choice, change];
}
