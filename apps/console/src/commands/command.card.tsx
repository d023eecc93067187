import { useState, type ReactNode } from 'react';
import { Accordion, Alert, Badge, Button, Card, Group, Select, Stack, Text, Title } from '@mantine/core';
import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../login/signed-in.context.js';
import { CodeText } from '../notices/code.text.js';
import { confirm } from '../notices/confirm.js';
import { useSessions } from '../sessions/sessions.query.js';
import { SnippetsView } from '../snippets/snippets.view.js';
import { ArgumentFields } from './argument-fields.js';
import type { CommandEntry, Schemas } from './command-catalog.codec.js';
import { readArguments, startTexts, textsOf } from './command-form.policy.js';
import { sessionToOffer } from './session-offer.policy.js';
import { commandSnippets } from './command-snippets.policy.js';
import { useRunCommand, type CommandRun } from './commands.query.js';
import { RunView } from './run.view.js';

interface CommandCardProps {
  readonly command: CommandEntry;
  readonly schemas: Schemas;
  /** A previous run whose arguments fill the form. */
  readonly again: CommandRun | null;
}

/** One command: its arguments, its code, and its reply. */
export function CommandCard({ command, schemas, again }: CommandCardProps): ReactNode {
  const { t } = useTranslation();
  const permitted = useMay(command.scope);
  const { data: sessions = [] } = useSessions();
  const [chosen, choose] = useState(again?.session ?? null);
  const [texts, setTexts] = useState(() => (again === null ? startTexts(command, schemas) : textsOf(command, again.args, schemas)));
  const [checked, setChecked] = useState(false);
  const run = useRunCommand();
  const session = chosen ?? sessionToOffer(sessions);
  const { args, faults } = readArguments(command, texts, schemas);

  const submit = (): void => {
    setChecked(true);
    if (session === null || faults.length > 0) return;
    const go = (): void => run.mutate({ command: command.name, session, args });
    if (command.scope !== 'control' && command.scope !== 'admin') return go();
    confirm({
      title: t('commands.confirmTitle', { command: command.name, session }),
      text: t('commands.confirmText'),
      action: t('commands.run'),
      dangerous: true,
      onConfirm: go
    });
  };
  return (
    <Card withBorder padding="md">
      <Stack>
        <div>
          <Group gap="xs" mb={4}>
            <Title order={2} size="h4">
              {command.name}
            </Title>
            <Badge variant="light" tt="none" color="gray">
              {t('commands.scope', { scope: command.scope })}
            </Badge>
            <Badge variant="light" tt="none" color={command.repeatable ? 'bus' : 'orange'}>
              {command.repeatable ? t('commands.repeatable') : t('commands.once')}
            </Badge>
          </Group>
          <Text size="sm">
            <CodeText text={command.meaning} />
          </Text>
        </div>
        {!permitted && <Alert color="yellow">{t('commands.mayNot', { scope: command.scope })}</Alert>}
        <form
          noValidate
          onSubmit={submitted => {
            submitted.preventDefault();
            submit();
          }}
        >
          <Stack>
            <Select
              label={t('commands.session')}
              description={sessions.length === 0 ? t('commands.noSession') : undefined}
              data={sessions.map(one => one.session)}
              value={session}
              onChange={choose}
              searchable
              allowDeselect={false}
            />
            <ArgumentFields command={command} schemas={schemas} texts={texts} faults={checked ? faults : []} onChange={setTexts} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setTexts(startTexts(command, schemas))}>
                {t('commands.reset')}
              </Button>
              <Button
                type="submit"
                leftSection={<Play size={16} aria-hidden />}
                loading={run.isPending}
                disabled={!permitted || session === null}
              >
                {t('commands.run')}
              </Button>
            </Group>
          </Stack>
        </form>
        {run.data && <RunView run={run.data} />}
        <Accordion variant="contained" order={3}>
          <Accordion.Item value="code">
            <Accordion.Control>{t('commands.code')}</Accordion.Control>
            <Accordion.Panel>
              <SnippetsView
                label={t('commands.code')}
                snippets={commandSnippets({ command, session: session ?? 'default', args }, location.origin)}
              />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      </Stack>
    </Card>
  );
}
