import '../texts.ts';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Sections } from '../../../ui/Sections.tsx';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { useCalls } from './useCalls.ts';

const FindSection = lazyPart(() => import('./FindSection.tsx'));
const MissedSection = lazyPart(() => import('./MissedSection.tsx'));
const CallSettingsSection = lazyPart(() => import('./CallSettingsSection.tsx'));

/** Whom one calls, who has called, and how one wants to be called. */
export default function PeoplePage() {
  const { t } = useTranslation();
  return (
    <SignedIn title={t('calls.title')} width="wide">
      {() => <Parts />}
    </SignedIn>
  );
}

function Parts() {
  const { t } = useTranslation();
  const off = useCalls()?.calls === 'off';
  const parts = [
    { path: 'find', title: t('calls.sections.people'), Content: FindSection },
    { path: 'missed', title: t('calls.sections.missed'), Content: MissedSection },
    { path: 'settings', title: t('calls.sections.settings'), Content: CallSettingsSection },
  ];
  return (
    <>
      {off && <Notice kind="warn">{t('calls.off')}</Notice>}
      <Sections name={t('calls.title')} base="/people" sections={parts} missing={Missing} />
    </>
  );
}

function Missing() {
  const { t } = useTranslation();
  return <Notice kind="warn">{t('calls.missing')}</Notice>;
}
