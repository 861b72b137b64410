import { MeetingId } from '@conclave/protocol';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import * as z from 'zod/mini';
import { Loading } from '../../../ui/Loading.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { useWho } from '../../account/components/useWho.ts';
import { session } from '../../account/model/session.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';
import { loadRoom } from '../../room/load.ts';
import type { Visit } from '../model/visit.ts';
import { AskPasscode } from './AskPasscode.tsx';
import { BeforeJoining } from './BeforeJoining.tsx';
import { Failed } from './Failed.tsx';
import { Left } from './Left.tsx';
import { useVisit } from './useVisit.ts';

const Room = lazy(loadRoom);
const Made = z.object({ made: z.literal(true) });

export default function MeetingPage() {
  const { t } = useTranslation();
  const meetingId = MeetingId.safeParse(useParams()['meetingId']);
  if (!meetingId.success)
    return <Page title={t('visit.badLinkTitle')} lead={t('visit.badLink')} width="narrow" />;
  return <MeetingVisit key={meetingId.data} meetingId={meetingId.data} />;
}

function MeetingVisit({ meetingId }: { readonly meetingId: string }) {
  const visit = useVisit(meetingId);
  return visit === null ? null : <VisitStates visit={visit} />;
}

function VisitStates({ visit }: { readonly visit: Visit }) {
  const who = useWho();
  const state = useObservable(visit.state);
  const made = Made.safeParse(useLocation().state).success;
  const accountId = who.name === 'account' ? who.account.id : null;
  const asking = state.name === 'asking-passcode';
  const refused = useRef<string | null>(null);
  if (state.name === 'before' || state.name === 'inside') refused.current = visit.passcode;

  // Own meetings need no link: this browser may have kept the passcode. It has the new one after a new link was made.
  useEffect(() => {
    const kept = asking && accountId !== null ? new PasscodeStore(accountId).get(visit.meetingId) : null;
    if (kept !== null && kept !== refused.current) visit.enterPasscode(kept);
  }, [asking, accountId, visit]);

  const meeting = state.name === 'inside' ? state.meeting : null;
  useEffect(() => {
    if (accountId === null || meeting === null) return;
    let stop = () => {};
    let wanted = true;
    // Nobody waits for it, so it is not among what joining loads.
    import('../../account/model/announceDevice.ts').then(
      ({ announceDevice }) => {
        if (wanted) stop = announceDevice(accountId, meeting);
      },
      () => {},
    );
    return () => {
      wanted = false;
      stop();
    };
  }, [accountId, meeting]);

  // Signed out in another tab: this one must not offer what only the account has.
  const signedOut = state.name === 'left' && state.reason === 'signed-out';
  useEffect(() => {
    if (signedOut) session.ended();
  }, [signedOut]);

  switch (state.name) {
    case 'asking-passcode':
      return who.name === 'unknown' ? <Loading /> : <AskPasscode visit={visit} wrong={state.wrong} />;
    case 'before':
      return <BeforeJoining visit={visit} who={who} made={made} />;
    case 'inside':
      return (
        <Suspense fallback={<Loading />}>
          <Room visit={visit} meeting={state.meeting} returning={state.returning} />
        </Suspense>
      );
    case 'left':
      return <Left reason={state.reason} signedIn={accountId !== null} onAgain={() => visit.again()} />;
    case 'failed':
      return <Failed code={state.code} onAgain={() => visit.again()} />;
  }
}
