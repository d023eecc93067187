import { useEffect, useId, useRef, type ReactNode } from 'react';
import classes from './check-box.module.css';

interface CheckBoxProps {
  readonly label: string;
  /** The label is for screen readers alone, where the place says what it is. */
  readonly hidesLabel?: boolean;
  readonly description?: string;
  readonly checked: boolean;
  /** Some of what it stands for is checked. */
  readonly partly?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** The browser's own checkbox, for what is loaded first and for long lists: Mantine's is an eighth of either. */
export function CheckBox({ label, hidesLabel = false, description, checked, partly = false, onChange }: CheckBoxProps): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.indeterminate = partly;
  }, [partly]);
  return (
    <div className={classes.box}>
      <input
        ref={input}
        id={id}
        type="checkbox"
        checked={checked}
        onChange={changed => onChange(changed.currentTarget.checked)}
        {...(hidesLabel ? { 'aria-label': label } : {})}
        {...(description === undefined ? {} : { 'aria-describedby': `${id}-more` })}
      />
      {!hidesLabel && (
        <div>
          <label htmlFor={id}>{label}</label>
          {description !== undefined && <p id={`${id}-more`}>{description}</p>}
        </div>
      )}
    </div>
  );
}
