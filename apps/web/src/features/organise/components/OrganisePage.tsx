import '../texts.ts';
import { MEETING_ROUTES, MeetingId } from '@conclave/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sections } from '../../../ui/Sections.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { MEETING_SECTIONS } from '../meetingSections.ts';
import { MeetingHead } from './MeetingHead.tsx';
import { OrganisedContext } from './useOrganised.ts';

/** One meeting of one's own, or that one is a co-host of: who is invited, when it is, who helps, what strangers get. */
export default function OrganisePage() {
  const { t } = useTranslation();
  const id = MeetingId.safeParse(useParams()['id']);
  const [title, setTitle] = useState<string | null>(null);
  if (!id.success) return <Page title={t('notFound.title')} lead={t('notFound.lead')} width="narrow" />;
  return (
    <SignedIn title={title ?? t('organise.title')} width="wide">
      {(account) => <Organise key={`${account.id} ${id.data}`} id={id.data} onTitle={setTitle} />}
    </SignedIn>
  );
}

function Organise(props: { readonly id: MeetingId; readonly onTitle: (title: string) => void }) {
  const { id, onTitle } = props;
  const { t } = useTranslation();
  const load = useCallback(() => call(MEETING_ROUTES.readMeeting, { params: { id } }), [id]);
  const { state, reload, set } = useLoaded(load);
  const title = state.name === 'ready' ? (state.value.title ?? t('home.untitled')) : null;
  useEffect(() => {
    if (title !== null) onTitle(title);
  }, [title, onTitle]);
  return (
    <Shown state={state} reload={reload}>
      {(meeting) => (
        <OrganisedContext value={{ meeting, set }}>
          <MeetingHead meeting={meeting} />
          <Sections
            name={t('organise.title')}
            base={`/meetings/${id}`}
            sections={MEETING_SECTIONS.filter(({ isFor }) => isFor(meeting)).map(
              ({ path, title, Content }) => ({ path, title: t(`organise.sections.${title}`), Content }),
            )}
            missing={Missing}
          />
        </OrganisedContext>
      )}
    </Shown>
  );
}

function Missing() {
  const { t } = useTranslation();
  return <Notice kind="warn">{t('organise.missing')}</Notice>;
}
