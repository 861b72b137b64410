import type { Meeting } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { useCopy } from '../../home/components/useCopy.ts';
import { ProblemText } from '../../visit/components/ProblemText.tsx';
import { useMeetingLink } from '../../visit/components/useMeetingLink.ts';
import type { Visit } from '../../visit/model/visit.ts';
import { Banner } from './Banner.tsx';
import { DirectPrompt } from './DirectPrompt.tsx';
import { screenPicking } from './screenPicking.ts';
import { useScreenShare } from './useScreenShare.ts';

/** What must be known now, above the pictures. */
export function Banners(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  readonly returning: boolean;
  /** Whether to offer the link to somebody who is alone. */
  readonly invite: boolean;
}) {
  const { visit, meeting, returning, invite } = props;
  const { t } = useTranslation();
  const { camera, microphone } = useObservable(visit.devices.state);
  const picking = useObservable(screenPicking);
  const { sharing } = useScreenShare(meeting);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const phase = useObservable(meeting.state, (state) => state.phase);
  const participants = useObservable(meeting.state, (state) => state.participants);
  const trouble = useObservable(meeting.state, ({ encryption }) => encryption.trouble);
  const screenProblem = useObservable(meeting.state, (state) => state.screenProblem);
  const turnedOff = useObservable(meeting.state, (state) => state.turnedOff);
  const link = useMeetingLink(visit);
  const othersShare = participants.some(({ self, sources }) => !self && sources.screen);
  const alone = phase.name === 'joined' && participants.length === 1 && invite;

  return (
    <>
      {phase.name === 'reconnecting' && <Banner kind="warn">{t('room.reconnecting')}</Banner>}
      {phase.name === 'joining' && <Banner>{returning ? t('room.returning') : t('room.joining')}</Banner>}
      {phase.name === 'joined' && trouble !== null && (
        <Banner kind="warn">{t(`room.encryptionTrouble.${trouble}`)}</Banner>
      )}
      {picking && <Banner>{t('room.picking')}</Banner>}
      {sharing && <Banner kind="active">{t(othersShare ? 'room.sharingToo' : 'room.sharing')}</Banner>}
      {!picking && !sharing && screenProblem !== null && (
        <Banner kind="warn" dismissable key={`screen:${screenProblem}`}>
          <ProblemText device="screen" problem={screenProblem} />
        </Banner>
      )}
      {camera.problem !== null && !camera.on && (
        <Banner kind="warn" dismissable key={`camera:${camera.problem}`}>
          <ProblemText device="camera" problem={camera.problem} />
        </Banner>
      )}
      {microphone.problem !== null && !microphone.on && (
        <Banner kind="warn" dismissable key={`microphone:${microphone.problem}`}>
          <ProblemText device="microphone" problem={microphone.problem} />
        </Banner>
      )}
      {turnedOff && phase.name === 'joined' && (
        <Banner dismissable key="turned-off">
          {t('room.turnedOff')}
        </Banner>
      )}
      {phase.name === 'joined' && <DirectPrompt meeting={meeting} />}
      {alone && link !== null && (
        <Banner
          action={{
            name: t('room.copyLink'),
            run: () => void copy(link(), t('home.copied')),
          }}
        >
          <strong>{t('room.alone')}.</strong> {t('room.aloneHelp')}
        </Banner>
      )}
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </>
  );
}
