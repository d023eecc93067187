import { useState, type ReactNode } from 'react';
import { Anchor, Card, Grid } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { SquareTerminal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { PageHeader } from '../app/page-header.js';
import { EmptyNotice } from '../notices/empty.notice.js';
import { QueryView } from '../notices/query.view.js';
import { CommandCard } from './command.card.js';
import { CommandChoice } from './command-choice.list.js';
import { HistoryList } from './history.list.js';
import { useCommandList, type CommandRun } from './commands.query.js';

/** Lets the user try every command. */
export function CommandsPage(): ReactNode {
  const { t } = useTranslation();
  const { command: name } = useParams();
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const [again, setAgain] = useState<CommandRun | null>(null);
  return (
    <>
      <PageHeader title={t('app.pages.commands')} text={t('commands.about')} />
      <QueryView query={useCommandList()} height={320}>
        {({ commands, schemas }) => {
          const chosen = commands.find(one => one.name === name);
          return (
            <Grid gap="md">
              {(wide || name === undefined) && (
                <Grid.Col span={{ base: 12, md: 4 }}>
                  <CommandChoice commands={commands} chosen={name ?? null} tall={wide} />
                </Grid.Col>
              )}
              {(wide || name !== undefined) && (
                <Grid.Col span={{ base: 12, md: 8 }}>
                  {!wide && (
                    <Anchor component={Link} to="/commands" size="sm" mb="sm" display="inline-block">
                      {t('commands.all')}
                    </Anchor>
                  )}
                  {chosen === undefined ? (
                    <Card withBorder padding={0}>
                      <EmptyNotice
                        icon={SquareTerminal}
                        title={name === undefined ? t('commands.choose') : t('commands.unknown')}
                        text={name === undefined ? t('commands.chooseHint') : t('commands.unknownHint')}
                      />
                    </Card>
                  ) : (
                    <CommandCard
                      key={`${chosen.name} ${again?.command === chosen.name ? again.at : ''}`}
                      command={chosen}
                      schemas={schemas}
                      again={again?.command === chosen.name ? again : null}
                    />
                  )}
                  <HistoryList onUse={setAgain} />
                </Grid.Col>
              )}
            </Grid>
          );
        }}
      </QueryView>
    </>
  );
}
