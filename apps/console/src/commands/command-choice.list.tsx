import { useMemo, useState, type ReactNode } from 'react';
import { Card, NavLink, ScrollArea, Text, TextInput, Title } from '@mantine/core';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CommandEntry } from './command-catalog.codec.js';
import { searchCommands } from './command-search.policy.js';
import { commandTexts } from './commands.texts.js';

interface CommandChoiceProps {
  readonly commands: readonly CommandEntry[];
  readonly chosen: string | null;
  /** Whether the list scrolls separately, next to the command. */
  readonly tall: boolean;
}

/** The commands by group, with a search. */
export function CommandChoice({ commands, chosen, tall }: CommandChoiceProps): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const groups = useMemo(() => searchCommands(commands, text), [commands, text]);
  const list = [...groups].map(([group, members]) => (
    <div key={group}>
      <Title order={2} size="h6" mt="sm" mb={4}>
        {isGroup(group) ? t(`commands.groups.${group}`) : group}
      </Title>
      {members.map(({ name, meaning }) => (
        <NavLink
          key={name}
          component={Link}
          to={`/commands/${name}`}
          label={name}
          description={meaning.replaceAll('`', '')}
          active={name === chosen}
          aria-current={name === chosen ? 'page' : undefined}
          data-command={name}
          styles={{
            description: {
              display: 'block',
              whiteSpace: 'nowrap',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              color: 'var(--mantine-color-dimmed)'
            }
          }}
        />
      ))}
    </div>
  ));
  return (
    <Card withBorder padding="sm" component="nav" aria-label={t('commands.list')}>
      <TextInput
        aria-label={t('commands.search')}
        placeholder={t('commands.search')}
        leftSection={<Search size={14} aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {groups.size === 0 && (
        <Text size="sm" c="dimmed" mt="sm" role="status">
          {t('commands.noMatch')}
        </Text>
      )}
      {tall ? (
        <ScrollArea.Autosize mah="calc(100dvh - 15rem)" styles={{ content: { display: 'block', minWidth: 0 } }}>
          {list}
        </ScrollArea.Autosize>
      ) : (
        list
      )}
    </Card>
  );
}

function isGroup(group: string): group is keyof typeof commandTexts.groups {
  return group in commandTexts.groups;
}
