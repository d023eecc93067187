import { useState, type ReactNode } from 'react';
import { Anchor, Button, Code, Group, List, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { PasskeyAssertion, PasskeyRequest } from '@wabus/contracts';
import { passkeySnippet } from '@wabus/contracts/passkey';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../notices/copy.text.js';
import { useOneTimeAddress, type Passkey } from './passkey.query.js';

const WHATSAPP = 'https://web.whatsapp.com';

interface AssertionPanelProps {
  readonly session: string;
  readonly request: PasskeyRequest;
  readonly passkey: Passkey;
}

/** The two ways to sign the passkey request in a browser on WhatsApp's page. */
export function AssertionPanel({ session, request, passkey }: AssertionPanelProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <Text size="sm">{t('pairing.passkey.why')}</Text>
      <ByExtension session={session} requestedAt={request.requestedAt} />
      <ByDevTools request={request} passkey={passkey} />
    </Stack>
  );
}

function ByExtension({ session, requestedAt }: { session: string; requestedAt: string }): ReactNode {
  const { t } = useTranslation();
  const address = useOneTimeAddress(session, requestedAt);
  return (
    <Stack gap="xs" {...(address === null ? {} : { 'data-passkey-address': address })}>
      <Title order={4} size="h6">
        {t('pairing.passkey.byExtension')}
      </Title>
      <Text size="sm">{t('pairing.passkey.extensionSteps')}</Text>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label={t('pairing.passkey.address')}
          description={t('pairing.passkey.addressHint')}
          value={address ?? ''}
          readOnly
          style={{ flex: 1 }}
        />
        {address !== null && <CopyText text={address} />}
      </Group>
    </Stack>
  );
}

function ByDevTools({ request, passkey }: { request: PasskeyRequest; passkey: Passkey }): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const line = request.options === null ? '' : passkeySnippet(request.options);
  const send = (): void => {
    const assertion = assertionOf(text);
    setWrong(assertion === null);
    if (assertion !== null) passkey.submit(assertion);
  };
  return (
    <Stack gap="xs">
      <Title order={4} size="h6">
        {t('pairing.passkey.byDevTools')}
      </Title>
      <List type="ordered" size="sm" spacing="xs">
        <List.Item>
          <Anchor href={WHATSAPP} target="_blank" rel="noreferrer noopener" size="sm">
            {t('pairing.passkey.openWhatsApp')} <ExternalLink size={13} aria-hidden />
          </Anchor>{' '}
          {t('pairing.passkey.openHint')}
        </List.Item>
        <List.Item>{t('pairing.passkey.paste')}</List.Item>
      </List>
      <Group justify="flex-end">
        <CopyText text={line} />
      </Group>
      <Code
        block
        tabIndex={0}
        aria-label={t('pairing.passkey.line')}
        mah={96}
        style={{ overflow: 'auto', whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}
      >
        {line}
      </Code>
      <Textarea
        label={t('pairing.passkey.answer')}
        description={t('pairing.passkey.answerHint')}
        value={text}
        onChange={changed => setText(changed.currentTarget.value)}
        error={wrong ? t('pairing.passkey.notTheAnswer') : null}
        rows={3}
        autoComplete="off"
        spellCheck={false}
      />
      <Group>
        <Button onClick={send} loading={passkey.pending} disabled={text.trim() === ''}>
          {t('pairing.passkey.send')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Parses the text that the browser's developer tools print, with or without quotes around it; `null` if it is not an assertion. */
function assertionOf(text: string): PasskeyAssertion | null {
  try {
    const value: unknown = JSON.parse(text.trim().replace(/^'(.*)'$/s, '$1'));
    return typeof value === 'object' && value !== null && 'response' in value ? (value as PasskeyAssertion) : null;
  } catch {
    return null;
  }
}
