import type { ReactNode } from 'react';
import { Accordion, Anchor, Card, Code, Group, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TokenView, WebhookView } from '@wabus/contracts';
import type { SessionView } from '@wabus/sdk';
import { Circle, CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DocumentLink } from '../app/document-link.js';
import { useEdge, useSignedIn } from '../login/signed-in.context.js';
import { may, reachesAll } from '../login/permission.policy.js';
import { CopyText } from '../notices/copy.text.js';
import { isBeginning, snippets, STEPS, stepsDone, type StepName } from './first-steps.policy.js';

/** The document that explains each step. */
const EXPLAINED = { link: 'sessions', send: 'commands', connect: 'sdk', webhook: 'webhooks' } as const;
const PAGES = { send: ['chats', 'toChats'], connect: ['tokens', 'toTokens'], webhook: ['webhooks', 'toWebhooks'] } as const;

/** The first steps of a new user, with commands to copy. Completed steps are checked off. Renders nothing once all steps are done. */
export function FirstSteps({ sessions }: { sessions: readonly SessionView[] }): ReactNode {
  const { t } = useTranslation();
  const { principal } = useSignedIn();
  const edge = useEdge();
  const begins = sessions.length <= 1 && reachesAll(principal);
  const tokens = useQuery({
    queryKey: ['first-steps', 'tokens'],
    queryFn: async () => (await edge.get<{ tokens: TokenView[] }>('/api/tokens')).tokens.map(({ lastUsedAt }) => lastUsedAt),
    enabled: begins && may(principal, 'admin')
  });
  const webhooks = useQuery({
    queryKey: ['first-steps', 'webhooks'],
    queryFn: async () => (await edge.get<{ webhooks: WebhookView[] }>('/api/webhooks')).webhooks.length,
    enabled: begins && may(principal, 'control')
  });
  const done = stepsDone({ sessions, tokenUses: tokens.data ?? null, webhooks: webhooks.data ?? null });
  if (!begins || !may(principal, 'control') || !isBeginning(sessions, done)) return null;
  const texts = snippets(location.origin, sessions[0]);
  return (
    <Card withBorder padding="md" mb="lg" data-first-steps>
      <Group justify="space-between" mb="sm">
        <div>
          <Title order={2} size="h4">
            {t('firstSteps.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('firstSteps.about', { done: done.size, all: STEPS.length })}
          </Text>
        </div>
        <Anchor href="/api/docs" target="_blank" rel="noreferrer" size="sm">
          {t('firstSteps.docs')}
        </Anchor>
      </Group>
      <Accordion defaultValue={STEPS.find(step => !done.has(step)) ?? null} order={3}>
        {STEPS.map(step => (
          <Accordion.Item key={step} value={step} data-step={step} data-done={done.has(step)}>
            <Accordion.Control icon={<Tick done={done.has(step)} />}>
              {t(`firstSteps.steps.${step}.title`)}{' '}
              <VisuallyHidden>{t(done.has(step) ? 'firstSteps.done' : 'firstSteps.open')}</VisuallyHidden>
            </Accordion.Control>
            <Accordion.Panel>
              <Stack gap="xs" align="flex-start">
                <Text size="sm">{t(`firstSteps.steps.${step}.text`)}</Text>
                {step === 'link' && <DocumentLink name={EXPLAINED.link} />}
                {step !== 'link' && <Snippet step={step} text={texts[step]} />}
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  );
}

function Tick({ done }: { done: boolean }): ReactNode {
  return done ? <CircleCheck size={18} color="var(--mantine-color-bus-text)" aria-hidden /> : <Circle size={18} aria-hidden />;
}

function Snippet({ step, text }: { step: Exclude<StepName, 'link'>; text: string }): ReactNode {
  const { t } = useTranslation();
  const [page, label] = PAGES[step];
  return (
    <>
      <Code block w="100%" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <Group gap="sm">
        <CopyText text={text} />
        <Anchor component={Link} to={`/${page}`} size="sm">
          {t(`firstSteps.${label}`)}
        </Anchor>
        <DocumentLink name={EXPLAINED[step]} />
      </Group>
    </>
  );
}
