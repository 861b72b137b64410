import '../texts.ts';
import type { Account } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import { Sections } from '../../../ui/Sections.tsx';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { ADMIN_SECTIONS } from '../adminSections.ts';

/** What may be done for the whole service: those parts of it that the person's role opens. */
export default function AdminPage() {
  const { t } = useTranslation();
  return (
    <SignedIn title={t('admin.title')} width="wide">
      {(account) => <AdminSections account={account} />}
    </SignedIn>
  );
}

function AdminSections({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const open = ADMIN_SECTIONS.filter(({ permission }) => account.abilities.includes(permission));
  if (open.length === 0) return <NotForYou />;
  const sections = open.map(({ path, title, Content }) => ({
    path,
    title: t(`admin.sections.${title}`),
    Content,
  }));
  return <Sections name={t('admin.title')} base="/admin" sections={sections} missing={NotForYou} />;
}

function NotForYou() {
  const { t } = useTranslation();
  return <Notice kind="warn">{t('admin.notForYou')}</Notice>;
}
