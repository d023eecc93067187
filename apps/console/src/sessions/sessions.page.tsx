import { useState, type ReactNode } from 'react';
import { Button, Checkbox, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Plus, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { FirstSteps } from '../first-steps/first-steps.card.js';
import { useMay } from '../login/signed-in.context.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { ErrorNotice } from '../notices/error.notice.js';
import { BulkBar } from './bulk-bar.js';
import { CreateSessionModal } from './create-session.modal.js';
import { SessionFilters } from './session-filters.js';
import { choiceOf, chosenSessions } from './session-list.policy.js';
import { SessionRow } from './session-row.js';
import classes from './sessions.module.css';
import { useSessions } from './sessions.query.js';

/** The sessions with their live states: two hundred of them as well as one. */
export function SessionsPage(): ReactNode {
  const { t } = useTranslation();
  const mayControl = useMay('control');
  const [creating, { open, close }] = useDisclosure();
  const [parameters, setParameters] = useSearchParams();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { data, error, refetch } = useSessions();
  const choice = choiceOf(parameters);
  const shown = chosenSessions(data ?? [], choice);
  const chosen = shown.filter(({ session }) => selected.has(session));
  const change = (name: string, value: string): void =>
    setParameters(
      before => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true }
    );
  const select = (session: string, isSelected: boolean): void =>
    setSelected(before => new Set(isSelected ? [...before, session] : [...before].filter(one => one !== session)));
  const createButton = mayControl && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
      {t('sessions.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('app.pages.sessions')} text={t('sessions.about')}>
        {data !== undefined && data.length > 0 && createButton}
      </PageHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && <FirstSteps sessions={data} />}
      {data?.length === 0 && (
        <EmptyNotice icon={Smartphone} title={t('sessions.none')} text={mayControl ? t('sessions.noneHint') : t('sessions.noneForYou')}>
          {createButton}
        </EmptyNotice>
      )}
      {data !== undefined && data.length > 0 && (
        <>
          <SessionFilters views={data} choice={choice} onChange={change} />
          {mayControl && shown.length > 0 && (
            <Checkbox
              mb="xs"
              ml="md"
              label={t('sessions.selectAll', { count: shown.length })}
              checked={chosen.length === shown.length}
              indeterminate={chosen.length > 0 && chosen.length < shown.length}
              onChange={({ currentTarget: { checked } }) => setSelected(new Set(checked ? shown.map(({ session }) => session) : []))}
            />
          )}
          {mayControl && <BulkBar selected={chosen} onClear={() => setSelected(new Set())} />}
          {shown.length === 0 && <Text c="dimmed">{t('sessions.noMatch')}</Text>}
          {shown.length > 0 && (
            <ul className={classes.list}>
              {shown.map(view => (
                <SessionRow
                  key={view.session}
                  view={view}
                  selected={selected.has(view.session)}
                  onSelect={mayControl ? isSelected => select(view.session, isSelected) : null}
                />
              ))}
            </ul>
          )}
        </>
      )}
      <CreateSessionModal opened={creating} onClose={close} />
    </>
  );
}

function Loading(): ReactNode {
  return (
    <Stack gap="xs" aria-busy>
      {['a', 'b', 'c'].map(key => (
        <Skeleton key={key} height={64} />
      ))}
    </Stack>
  );
}
