import '../texts.ts';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import { Sections } from '../../../ui/Sections.tsx';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { OWN_SECTIONS } from '../ownSections.ts';

/** One's own account: name, password, how one signs in, where one is signed in. */
export default function OwnAccountPage() {
  const { t } = useTranslation();
  return (
    <SignedIn title={t('ownAccount.title')} width="wide" whileRestricted>
      {({ restricted }) => (
        <Sections
          name={t('ownAccount.title')}
          base="/account"
          sections={OWN_SECTIONS.filter((section) => !restricted || section.whileRestricted).map(
            ({ path, title, Content }) => ({ path, title: t(`ownAccount.sections.${title}`), Content }),
          )}
          missing={Missing}
        />
      )}
    </SignedIn>
  );
}

function Missing() {
  const { t } = useTranslation();
  return <Notice kind="warn">{t('ownAccount.missing')}</Notice>;
}
