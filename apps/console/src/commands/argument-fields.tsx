import type { ReactNode } from 'react';
import { Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeText } from '../notices/code.text.js';
import type { CommandEntry, Schemas } from './command-catalog.codec.js';
import { argumentOf, argumentFields, type ArgumentField, type ArgumentsRead, type ArgumentTexts } from './command-form.policy.js';

interface ArgumentFieldsProps {
  readonly command: CommandEntry;
  readonly schemas: Schemas;
  readonly texts: ArgumentTexts;
  readonly faults: ArgumentsRead['faults'];
  readonly onChange: (texts: ArgumentTexts) => void;
}

/** An input field for each argument, with its validation error. */
export function ArgumentFields({ command, schemas, texts, faults, onChange }: ArgumentFieldsProps): ReactNode {
  const { t } = useTranslation();
  const fields = argumentFields(command, schemas);
  if (fields.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('commands.noArguments')}
      </Text>
    );
  }
  return (
    <Stack>
      {fields.map(field => {
        const wrong = faults.filter(({ path }) => argumentOf(path) === field.name);
        return (
          <ArgumentInput
            key={field.name}
            field={field}
            text={texts[field.name] ?? ''}
            error={
              wrong.length === 0 ? null : wrong.map(fault => `${fault.path} ${t(`commands.faults.${fault.kind}`, { limit: fault.limit })}`)
            }
            onChange={text => onChange({ ...texts, [field.name]: text })}
          />
        );
      })}
    </Stack>
  );
}

interface ArgumentInputProps {
  readonly field: ArgumentField;
  readonly text: string;
  readonly error: readonly string[] | null;
  readonly onChange: (text: string) => void;
}

function ArgumentInput({ field, text, error, onChange }: ArgumentInputProps): ReactNode {
  const { t } = useTranslation();
  const { name, kind, description, required, choices } = field;
  const common = {
    label: name,
    description: description && <CodeText text={description} />,
    withAsterisk: required,
    error:
      error === null
        ? null
        : error.map(line => (
            <span key={line} style={{ display: 'block' }} data-fault={name}>
              {line}
            </span>
          ))
  };
  switch (kind) {
    case 'choice':
    case 'flag':
      return (
        <Select
          {...common}
          data={
            kind === 'choice'
              ? [...choices]
              : [
                  { value: 'true', label: t('commands.yes') },
                  { value: 'false', label: t('commands.no') }
                ]
          }
          placeholder={t('commands.leaveOut')}
          value={text === '' ? null : text}
          onChange={chosen => onChange(chosen ?? '')}
          clearable={!required}
          clearButtonProps={{ 'aria-label': t('commands.leaveOut') }}
        />
      );
    case 'json':
      return (
        <Textarea
          {...common}
          label={`${name} (${t('commands.json')})`}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          autosize
          minRows={2}
          maxRows={20}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' } }}
        />
      );
    case 'number':
    case 'text':
      return (
        <TextInput
          {...common}
          inputMode={kind === 'number' ? 'numeric' : 'text'}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
      );
  }
}
