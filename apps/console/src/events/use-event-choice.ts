import { useEffect, useState } from 'react';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router';
import { eventChoiceOf, eventParametersOf, type EventChoice } from './event-choice.policy.js';

/** Returns the page's filters and a function that changes them. The URL contains them too, so that a reload and the back button keep them. */
export function useEventChoice(): [choice: EventChoice, change: (choice: EventChoice) => void] {
  const [parameters, setParameters] = useSearchParams();
  const navigation = useNavigationType();
  const [choice, setChoice] = useState(() => eventChoiceOf(parameters, Date.now()));
  useEffect(() => {
    // A link or the back button has changed the URL: this hook itself only replaces it.
    if (navigation !== NavigationType.Replace) setChoice(eventChoiceOf(parameters, Date.now()));
  }, [navigation, parameters]);
  const change = (next: EventChoice): void => {
    setChoice(next);
    setParameters(eventParametersOf(next), { replace: true });
  };
  return [choice, change];
}
