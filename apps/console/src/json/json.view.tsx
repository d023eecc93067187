import { useState, type CSSProperties, type ReactNode } from 'react';
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isContainer, markedPieces, MOST_CHARACTERS, MOST_PARTS, openDepth, namedParts } from './json-tree.policy.js';
import classes from './json.module.css';

interface JsonViewProps {
  readonly value: unknown;
  /** The accessible name. */
  readonly label: string;
  /** Highlighted wherever it occurs. */
  readonly find?: string;
  readonly maxHeight?: CSSProperties['maxHeight'];
}

/** A JSON value as a colored tree with foldable lists and objects. */
export function JsonView({ value, label, find = '', maxHeight = '60dvh' }: JsonViewProps): ReactNode {
  const { t } = useTranslation();
  // A different value or depth renders a new tree.
  const [wish, setWish] = useState<{ readonly depth: number; readonly round: number } | null>(null);
  const depth = wish?.depth ?? openDepth(value);
  const fold = (to: number): void => setWish({ depth: to, round: (wish?.round ?? 0) + 1 });
  return (
    <div>
      {isContainer(value) && (
        <Group gap={4} mb={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => fold(Infinity)}>
            {t('json.expand')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => fold(1)}>
            {t('json.collapse')}
          </Button>
        </Group>
      )}
      <div className={classes.tree} style={{ maxHeight }} tabIndex={0} role="group" aria-label={label} data-json>
        <Part key={wish?.round ?? 0} name={null} value={value} depth={depth} find={find} />
      </div>
    </div>
  );
}

interface PartProps {
  readonly name: string | null;
  readonly value: unknown;
  /** How many levels below this one are open. */
  readonly depth: number;
  readonly find: string;
}

function Part({ name, value, depth, find }: PartProps): ReactNode {
  const [open, setOpen] = useState(depth > 0);
  const { t } = useTranslation();
  if (!isContainer(value)) {
    return (
      <div className={classes.line}>
        <Name name={name} find={find} />
        <Leaf value={value} find={find} />
      </div>
    );
  }
  const isList = Array.isArray(value);
  const parts = namedParts(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) {
    return (
      <div className={classes.line}>
        <Name name={name} find={find} />
        {begin}
        {end}
      </div>
    );
  }
  const count = isList ? t('json.items', { count: parts.length }) : t('json.fields', { count: parts.length });
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Name name={name} find={find} />
        {begin}
        {!open && (
          <span className={classes.faint}>
            {' '}
            {count} {end}
          </span>
        )}
      </summary>
      {open && (
        <>
          <div className={classes.parts}>
            {parts.slice(0, MOST_PARTS).map(([key, part], index) => (
              <Part key={key ?? index} name={key} value={part} depth={depth - 1} find={find} />
            ))}
            {parts.length > MOST_PARTS && <div className={classes.faint}>{t('json.more', { count: parts.length - MOST_PARTS })}</div>}
          </div>
          {end}
        </>
      )}
    </details>
  );
}

function Name({ name, find }: { name: string | null; find: string }): ReactNode {
  if (name === null) return null;
  return (
    <>
      <span className={classes.key}>
        <Marked text={JSON.stringify(name)} find={find} />
      </span>
      {': '}
    </>
  );
}

function Leaf({ value, find }: { value: unknown; find: string }): ReactNode {
  const { t } = useTranslation();
  const text = JSON.stringify(value) ?? 'null';
  const kind = value === null || value === undefined ? 'null' : typeof value;
  return (
    <>
      <span className={classes[kind]}>
        <Marked text={text.slice(0, MOST_CHARACTERS)} find={find} />
      </span>
      {text.length > MOST_CHARACTERS && <span className={classes.faint}> {t('json.cut', { count: text.length })}</span>}
    </>
  );
}

function Marked({ text, find }: { text: string; find: string }): ReactNode {
  if (find === '') return text;
  return markedPieces(text, find).map((piece, index) => (piece.isMarked ? <mark key={index}>{piece.text}</mark> : piece.text));
}
