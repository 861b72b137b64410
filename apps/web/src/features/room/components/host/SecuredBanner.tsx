import './texts.ts';
import type { Meeting } from '@conclave/client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../../ui/useObservable.ts';
import { Banner } from '../Banner.tsx';
import { lift } from './everybody.ts';
import { useAct } from './useAct.ts';

/** After the emergency: one step takes it back. */
export default function SecuredBanner({ meeting }: { readonly meeting: Meeting }): ReactNode {
  const { t } = useTranslation();
  const act = useAct();
  const mayLift = useObservable(
    meeting.state,
    ({ controls }) => controls.includes('media') && controls.includes('lock'),
  );
  return (
    <Banner
      kind="warn"
      {...(mayLift ? { action: { name: t('host.lift'), run: () => act(() => lift(meeting)) } } : {})}
    >
      {t('host.secured')}
    </Banner>
  );
}
