import { MeetingId } from '@conclave/protocol';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'react-router';
import * as z from 'zod/mini';
import { Loading } from '../../../ui/Loading.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Page } from '../../../ui/Page.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { useWho } from '../../account/components/useWho.ts';
import { session } from '../../account/model/session.ts';
import { PasscodeStore } from '../../home/model/passcodes.ts';
import { loadRoom } from '../../room/load.ts';
import type { Visit } from '../model/visit.ts';
import { AskPasscode } from './AskPasscode.tsx';
import { BeforeJoining } from './BeforeJoining.tsx';
import { useCalled } from './useCalled.ts';
import { useInvitation } from './useInvitation.ts';
import { useVisit } from './useVisit.ts';

const BreakoutRooms = lazyPart(async () => {
  // Side by side: one shows the other.
  const [rooms] = await Promise.all([import('../../room/components/breakout/BreakoutRooms.tsx'), loadRoom()]);
  return rooms;
});
const loadLeft = () => import('./Left.tsx');
const loadFailed = () => import('./Failed.tsx');
const Left = lazyPart(loadLeft);
const Failed = lazyPart(loadFailed);
const Waiting = lazyPart(() => import('./Waiting.tsx'));
const Made = z.object({ made: z.literal(true) });
/** They come from a call, and have pressed a button there that says how they come in. */
const Called = z.object({ call: z.literal(true) });

export default function MeetingPage() {
  const { t } = useTranslation();
  const meetingId = MeetingId.safeParse(useParams()['meetingId']);
  if (!meetingId.success)
    return <Page title={t('visit.badLinkTitle')} lead={t('visit.badLink')} width="narrow" />;
  return <MeetingVisit key={meetingId.data} meetingId={meetingId.data} />;
}

function MeetingVisit({ meetingId }: { readonly meetingId: string }) {
  const visit = useVisit(meetingId);
  // What is said when the network has gone must be here before it goes; nobody waits for it.
  useEffect(() => {
    for (const load of [loadLeft, loadFailed]) load().catch(() => {});
  }, []);
  return visit === null ? null : <VisitStates visit={visit} />;
}

function VisitStates({ visit }: { readonly visit: Visit }) {
  const { t } = useTranslation();
  const who = useWho();
  const state = useObservable(visit.state);
  const invitation = useInvitation(visit);
  const { state: from } = useLocation();
  const made = Made.safeParse(from).success;
  const called = useCalled(visit, who, invitation, Called.safeParse(from).success);
  const accountId = who.name === 'account' ? who.account.id : null;
  const asking = state.name === 'asking-passcode';
  const refused = useRef<string | null>(null);
  if (state.name === 'before' || state.name === 'inside' || state.name === 'waiting')
    refused.current = visit.passcode;

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

  // Whoever has waited may be looking at something else by now.
  const letIn = state.name === 'inside' && state.letIn;
  useEffect(() => {
    if (!letIn) return;
    showToast(t('visit.letIn'));
    import('../../room/components/host/ring.ts').then(
      ({ ring }) => ring(),
      () => {},
    );
  }, [letIn, t]);

  // Signed out in another tab: this one must not offer what only the account has.
  const signedOut = state.name === 'left' && state.reason === 'signed-out';
  useEffect(() => {
    if (signedOut) session.ended();
  }, [signedOut]);

  switch (state.name) {
    case 'asking-passcode':
      return who.name === 'unknown' ? (
        <Loading />
      ) : (
        <AskPasscode visit={visit} wrong={state.wrong} invitation={invitation} />
      );
    case 'before':
      if (called) return <Loading />;
      return <BeforeJoining visit={visit} who={who} made={made} invitation={invitation} />;
    case 'waiting':
      return (
        <Suspense fallback={<Loading />}>
          <Waiting visit={visit} meeting={state.meeting} />
        </Suspense>
      );
    case 'inside':
      return (
        <Suspense fallback={<Loading />}>
          <BreakoutRooms visit={visit} meeting={state.meeting} returning={state.returning} />
        </Suspense>
      );
    case 'left':
      return (
        <Suspense fallback={<Loading />}>
          <Left
            reason={state.reason}
            by={state.by}
            signedIn={accountId !== null}
            onAgain={() => visit.again()}
          />
        </Suspense>
      );
    case 'failed':
      return (
        <Suspense fallback={<Loading />}>
          <Failed code={state.code} onAgain={() => visit.again()} />
        </Suspense>
      );
  }
}
