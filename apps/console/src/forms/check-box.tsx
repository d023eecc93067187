import { useEffect, useId, useRef, type ReactNode } from 'react';
import classes from './check-box.module.css';

interface CheckBoxProps {
  readonly label: string;
  /** Whether the label is visible to screen readers only. */
  readonly hidesLabel?: boolean;
  readonly description?: string;
  readonly checked: boolean;
  /** Whether some, but not all, of the items that the box stands for are checked. */
  readonly partly?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/**
 * The browser's own checkbox, for the first page and for long lists: Mantine's checkbox would take an eighth of their loading or drawing time.
 */
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
