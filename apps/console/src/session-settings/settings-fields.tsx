import type { ReactNode } from 'react';
import { Checkbox, Fieldset, Group, PasswordInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ADDRESSING_CHOICES, CODE_RULES, IGNORABLE, type SettingsForm } from './settings-form.policy.js';

/** The browsers that have an icon in WhatsApp. The edge validates the name; an unlisted name from a newer edge remains selectable. */
const BROWSERS = ['Chrome', 'Firefox', 'IE', 'Opera', 'Safari', 'Edge', 'Desktop'];

interface SettingsFieldsProps {
  readonly form: SettingsForm;
  readonly onEdit: (more: Partial<SettingsForm>) => void;
  readonly faults: Partial<Record<keyof SettingsForm, string>>;
  /** Whether the stored proxy has a user and a password. */
  readonly hasLogin: boolean;
  readonly readOnly: boolean;
}

type TextField = 'proxy' | 'proxyUser' | 'proxyPassword' | 'version' | 'os' | 'browserVersion';

/** An input field for each setting of a session. */
export function SettingsFields({ form, onEdit, faults, hasLogin, readOnly }: SettingsFieldsProps): ReactNode {
  const { t } = useTranslation();
  const text = (field: TextField) => ({
    label: t(`sessionSettings.${field}`),
    description: t(`sessionSettings.${field}Hint`),
    value: form[field],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onEdit({ [field]: currentTarget.value }),
    error: faults[field] ?? null,
    autoComplete: field === 'proxyPassword' ? 'new-password' : 'off',
    spellCheck: false,
    readOnly
  });
  return (
    <Stack>
      <Fieldset legend={t('sessionSettings.connection')}>
        <Stack gap="sm">
          <TextInput {...text('proxy')} placeholder={t('sessionSettings.ofConnector')} />
          {!readOnly && (
            <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
              <TextInput {...text('proxyUser')} placeholder={hasLogin ? t('sessionSettings.stored') : ''} />
              <PasswordInput
                {...text('proxyPassword')}
                placeholder={hasLogin ? t('sessionSettings.stored') : ''}
                visibilityToggleButtonProps={{ 'aria-label': t('sessionSettings.showPassword') }}
              />
            </SimpleGrid>
          )}
          <TextInput {...text('version')} placeholder={t('sessionSettings.ofConnector')} />
          <Select
            label={t('sessionSettings.addressing')}
            description={t('sessionSettings.addressingHint')}
            data={[
              { value: '', label: t('sessionSettings.ofConnector') },
              ...ADDRESSING_CHOICES.map(value => ({ value, label: t(`sessionSettings.addressings.${value}`) }))
            ]}
            value={form.addressing}
            onChange={chosen => onEdit({ addressing: ADDRESSING_CHOICES.find(one => one === chosen) ?? '' })}
            error={faults.addressing ?? null}
            allowDeselect={false}
            readOnly={readOnly}
          />
        </Stack>
      </Fieldset>
      <Fieldset legend={t('sessionSettings.identity')}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput {...text('os')} maxLength={64} />
          <Select
            label={t('sessionSettings.browser')}
            description={t('sessionSettings.browserHint')}
            data={[...new Set([...BROWSERS, form.browser])]}
            value={form.browser}
            onChange={browser => onEdit({ browser: browser ?? form.browser })}
            error={faults.browser ?? null}
            allowDeselect={false}
            readOnly={readOnly}
          />
          <TextInput {...text('browserVersion')} maxLength={64} />
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={t('sessionSettings.other')}>
        <Stack gap="sm">
          <Select
            label={t('sessionSettings.passkeyCode')}
            description={t('sessionSettings.passkeyCodeHint')}
            data={CODE_RULES.map(value => ({ value, label: t(`sessionSettings.codeRules.${value}`) }))}
            value={form.passkeyCode}
            onChange={rule => onEdit({ passkeyCode: rule ?? form.passkeyCode })}
            error={faults.passkeyCode ?? null}
            allowDeselect={false}
            readOnly={readOnly}
          />
          <Checkbox.Group
            label={t('sessionSettings.ignore')}
            description={t('sessionSettings.ignoreHint')}
            value={[...form.ignore]}
            onChange={chosen => onEdit({ ignore: IGNORABLE.filter(kind => chosen.includes(kind)) })}
            error={faults.ignore ?? null}
            readOnly={readOnly}
          >
            <Group mt="xs">
              {IGNORABLE.map(kind => (
                <Checkbox key={kind} value={kind} label={t(`sessionSettings.kinds.${kind}`)} disabled={readOnly} />
              ))}
            </Group>
          </Checkbox.Group>
        </Stack>
      </Fieldset>
    </Stack>
  );
}
