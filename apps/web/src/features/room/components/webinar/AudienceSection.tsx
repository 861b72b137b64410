import './texts.ts';
import type { Meeting, ParticipantState } from '@conclave/client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { useAct } from '../host/useAct.ts';
import styles from './AudienceSection.module.css';

/** So many rows are drawn at once; whoever looks for somebody else searches. */
const most = 60;

/** The audience, for those who host it: hands first, each with the invitation on stage. */
export default function AudienceSection(props: {
  readonly meeting: Meeting;
  /** Those whom the search finds, in the order in which they are shown. */
  readonly audience: readonly ParticipantState[];
  readonly total: number;
  readonly row: (participant: ParticipantState, action: ReactNode) => ReactNode;
}) {
  const { meeting, audience, total, row } = props;
  const { t } = useTranslation();
  return (
    <section aria-labelledby="audience-title">
      <h3 id="audience-title" className={styles.title}>
        {t('webinar.people.audience', { count: total })}
      </h3>
      <ul>
        {audience
          .slice(0, most)
          .map((participant) => row(participant, <Invite meeting={meeting} participant={participant} />))}
      </ul>
      {audience.length > most && (
        <p className={styles.note}>{t('webinar.people.more', { count: audience.length - most })}</p>
      )}
      {total === 0 && <p className={styles.note}>{t('webinar.people.nobody')}</p>}
    </section>
  );
}

function Invite({
  meeting,
  participant,
}: {
  readonly meeting: Meeting;
  readonly participant: ParticipantState;
}) {
  const { id, name, stage } = participant;
  const { t } = useTranslation();
  const act = useAct();
  const { moderation } = meeting;
  if (!meeting.state.get().controls.includes('media') || participant.self) return null;
  return stage === 'asked' ? (
    <Button
      aria-label={t('webinar.people.withdraw', { name })}
      onPress={() => act(() => moderation.stage(id, false))}
    >
      {t('webinar.people.asked')}
    </Button>
  ) : (
    <Button
      aria-label={t('webinar.people.inviteOf', { name })}
      onPress={() => act(() => moderation.stage(id, true), t('webinar.people.invited', { name }))}
    >
      {t('webinar.people.invite')}
    </Button>
  );
}
