import '../texts.ts';
import { DATA_ROUTES, type KeptData } from '@conclave/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { PartLink } from '../../../ui/Sections.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { useAccount } from '../../account/components/useAccount.ts';
import { PersonData } from './PersonData.tsx';

/** Administration: how much is kept and for how long; a person's data, given out or erased. */
export default function DataSection() {
  const { abilities } = useAccount();
  const may = (ability: (typeof abilities)[number]) => abilities.includes(ability);
  return (
    <>
      {may('policy.read') && <Kept />}
      {(may('data.export') || may('data.erase')) && may('people.read') && (
        <PersonData mayExport={may('data.export')} mayErase={may('data.erase')} />
      )}
    </>
  );
}

function Kept() {
  const { t } = useTranslation();
  const load = useCallback(() => call(DATA_ROUTES.readRetention), []);
  const { state, reload } = useLoaded(load);
  const ran = state.name === 'ready' ? state.value.lastRunAt : null;
  const run = ran === null ? '' : ` ${t('data.admin.lastRun', { when: timeAgo(ran, Date.now()) })}`;
  return (
    <Section
      title={t('data.admin.keptTitle')}
      lead={`${t('data.admin.keptLead')}${run}`}
      actions={
        <PartLink to="/admin/policy#setting-keepUnusedMeetingsDays">{t('data.admin.change')}</PartLink>
      }
    >
      <Shown state={state} reload={reload}>
        {({ kept }) => (
          <Rows>
            {kept.map((one) => (
              <KeptRow key={one.kind} kept={one} />
            ))}
          </Rows>
        )}
      </Shown>
    </Section>
  );
}

function KeptRow({ kept: { kind, days, count, due } }: { readonly kept: KeptData }) {
  const { t } = useTranslation();
  return (
    <Row
      title={t(`data.admin.kind.${kind}`)}
      detail={[
        t('data.admin.count', { count }),
        ...(due > 0 ? [t('data.admin.due', { count: due })] : []),
        days === null ? t('data.admin.forever') : t('data.admin.kept', { count: days }),
      ].join(', ')}
    />
  );
}
