import { useEffect, useRef, type ReactNode } from 'react';
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { errorFrom } from '../edge/edge-error.js';

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** An error in readable form: what happened, its code, and what to do about it. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps): ReactNode {
  const { t } = useTranslation();
  const { code, message, certain, details } = errorFrom(error);
  const place = useRef<HTMLDivElement>(null);
  // The button is at the end of the form, and the top of a long form may be out of view.
  useEffect(() => {
    if (place.current?.closest('form') != null) place.current.scrollIntoView({ block: 'nearest' });
  }, [error]);
  const remedy = t(`notices.remedies.${code}`);
  return (
    <Alert ref={place} color="red" variant="light" icon={<CircleAlert size={18} aria-hidden />} role="alert" data-error-code={code}>
      <Stack gap={6}>
        <Text size="sm" fw={600}>
          {code === 'UNREACHABLE' ? t('notices.unreachable') : message}
        </Text>
        <Text size="sm">{remedy}</Text>
        {!certain && code !== 'UNREACHABLE' && <Text size="sm">{t('notices.uncertain')}</Text>}
        <Group gap="xs">
          <Code>{code}</Code>
          {onRetry && (
            <Button size="compact-xs" variant="default" onClick={onRetry}>
              {t('notices.retry')}
            </Button>
          )}
        </Group>
        {details !== undefined && (
          <Text component="details" size="xs">
            <summary>{t('notices.details')}</summary>
            <Code block mt={4}>
              {JSON.stringify(details, null, 2)}
            </Code>
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
