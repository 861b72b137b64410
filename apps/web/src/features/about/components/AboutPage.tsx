import '../texts.ts';
import { type About, POLICY_ROUTES } from '@conclave/protocol';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import styles from './AboutPage.module.css';

/** For everybody, signed in or not: where data is stored and media goes (N4), and how long anything is kept (N1). */
export default function AboutPage() {
  const { t } = useTranslation();
  const load = useCallback(() => call(POLICY_ROUTES.about), []);
  const { state, reload } = useLoaded(load);
  return (
    <Page title={t('about.title')} lead={t('about.lead')}>
      <Shown state={state} reload={reload}>
        {(about) => <Facts about={about} />}
      </Shown>
    </Page>
  );
}

function Facts({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  const { keepUnusedMeetingsDays: meetings, keepSuspendedAccountsDays: accounts } = about;
  return (
    <>
      <Section title={t('about.storage')}>
        <Said text={about.storageLocation} />
        <p>{t(`about.${about.database}`)}</p>
      </Section>
      <Section title={t('about.media')}>
        <Said text={about.mediaLocation} />
        <p>{t('about.mediaIs')}</p>
        {about.relays.length > 0 && <p>{t('about.relays', { hosts: about.relays.join(', ') })}</p>}
        {about.directPath && <p>{t('about.direct')}</p>}
      </Section>
      <Section title={t('about.kept')}>
        <ul className={styles.list}>
          <li>{t('about.never')}</li>
          <li>{meetings === null ? t('about.meetingsForever') : t('about.meetings', { count: meetings })}</li>
          <li>{accounts === null ? t('about.accountsForever') : t('about.accounts', { count: accounts })}</li>
          <li>{t('about.sessions', { count: about.sessionAbsoluteDays })}</li>
          <li>{t('about.devices', { count: about.keepDevicesDays })}</li>
          <li>{t('about.missedCalls', { count: about.keepMissedCallsDays })}</li>
          <li>{t('about.mails', { count: about.keepMailsDays })}</li>
        </ul>
      </Section>
      <Section title={t('about.contact')}>
        <Said text={about.dataContact} />
        <p>{t('about.rights')}</p>
      </Section>
    </>
  );
}

/** The operator's own words. */
function Said({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  if (text === '') return <p className={styles.unsaid}>{t('about.notSaid')}</p>;
  return <p className={styles.said}>{text}</p>;
}
