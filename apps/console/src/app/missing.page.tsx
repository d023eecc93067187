import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyNotice } from '../notices/empty.notice.js';

export function MissingPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <EmptyNotice icon={Compass} title="404" text={t('app.notFound')}>
      <Button component={Link} to="/sessions" variant="default">
        {t('app.back')}
      </Button>
    </EmptyNotice>
  );
}
