import type { Meeting } from '@conclave/client';
import { Hand, Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { useCopy } from '../../home/components/useCopy.ts';
import { useMeetingLink } from '../../visit/components/useMeetingLink.ts';
import type { Visit } from '../../visit/model/visit.ts';
import { handsFirst } from '../model/handsFirst.ts';
import { useConversation, useHands } from './conversation/ConversationContext.ts';
import styles from './PeoplePanel.module.css';
import { PersonRow } from './PersonRow.tsx';
import { SidePanel } from './SidePanel.tsx';

/** Everybody who is here, guests marked, and the link for others. */
export default function PeoplePanel(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  readonly onClose: () => void;
}) {
  const { visit, meeting, onClose } = props;
  const state = useObservable(meeting.state);
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const link = useMeetingLink(visit);
  const conversation = useConversation();
  const hands = useHands();
  const asHost = state.participants.some(({ self, role }) => self && role === 'host');
  return (
    <SidePanel title={t('room.peopleTitle', { count: state.participants.length })} onClose={onClose}>
      {link !== null && (
        <div className={styles.invite}>
          <p>{t('room.inviteHelp')}</p>
          <Button
            wide
            icon={<Link2 size={18} aria-hidden="true" />}
            onPress={() => void copy(link(), t('home.copied'))}
          >
            {t('room.copyLink')}
          </Button>
        </div>
      )}
      {asHost && hands.length > 0 && (
        <div className={styles.invite}>
          <Button
            wide
            icon={<Hand size={18} aria-hidden="true" />}
            onPress={() => conversation.lowerAllHands()}
          >
            {t('conversation.lowerAll')}
          </Button>
        </div>
      )}
      <ul className={styles.list}>
        {handsFirst(state.participants, hands).map((participant) => (
          <PersonRow
            key={participant.id}
            participant={participant}
            asHost={asHost}
            trust={state.verification.people.find((one) => one.participantId === participant.id)?.trust}
            speaking={state.speakers.includes(participant.id)}
          />
        ))}
      </ul>
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </SidePanel>
  );
}
