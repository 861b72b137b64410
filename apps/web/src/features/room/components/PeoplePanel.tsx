import './host/texts.ts';
import type { Meeting, ParticipantState } from '@conclave/client';
import { ClipboardList, Hand, Link2 } from 'lucide-react';
import { type ReactNode, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { useCopy } from '../../home/components/useCopy.ts';
import { useMeetingLink } from '../../visit/components/useMeetingLink.ts';
import type { Visit } from '../../visit/model/visit.ts';
import { findPeople } from '../model/findPeople.ts';
import { handsFirst } from '../model/handsFirst.ts';
import { isModerator } from '../model/meetingRules.ts';
import { isWebinar, onStage } from '../model/webinar.ts';
import { useElsewhere } from './breakout/useElsewhere.ts';
import { useConversation, useHands } from './conversation/ConversationContext.ts';
import { LobbySection } from './host/LobbySection.tsx';
import type { PersonDialogName } from './host/PersonMenu.tsx';
import { RemovedSection } from './host/RemovedSection.tsx';
import { useEntryText } from './host/useEntryText.ts';
import styles from './PeoplePanel.module.css';
import { PersonRow } from './PersonRow.tsx';
import { SidePanel } from './SidePanel.tsx';

const PersonDialog = lazyPart(() => import('./host/PersonDialogs.tsx'));
const AudienceSection = lazyPart(() => import('./webinar/AudienceSection.tsx'));
const RollCallDialog = lazyPart(() => import('./host/RollCallDialog.tsx'));
/** With more people than that one looks for a name. */
const searchFrom = 12;

interface OpenDialog {
  readonly name: PersonDialogName;
  readonly participant: ParticipantState;
}

/** Everybody who is here, with what is known of them and, for those who keep order, what can be done; who waits, who was removed. */
export default function PeoplePanel(props: {
  readonly visit: Visit;
  /** The meeting, where a breakout room of it is shown. */
  readonly home: Meeting;
  readonly meeting: Meeting;
  readonly onClose: () => void;
}) {
  const { visit, home, meeting, onClose } = props;
  const state = useObservable(meeting.state);
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);
  const [sought, setSought] = useState('');
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [roll, setRoll] = useState(false);
  const copy = useCopy(setByHand);
  const link = useMeetingLink(visit);
  const entryText = useEntryText();
  const conversation = useConversation();
  const hands = useHands();
  const { participants, controls } = state;
  const self = participants.find((one) => one.self);
  const elsewhere = useElsewhere(meeting);
  const found = findPeople(participants, sought);
  const trusts = new Map(state.verification.people.map((one) => [one.participantId, one.trust]));
  const open = useCallback(
    (name: PersonDialogName, participant: ParticipantState) => setDialog({ name, participant }),
    [],
  );
  const ordered = handsFirst(found, hands);
  const row = (participant: ParticipantState, action: ReactNode) => (
    <PersonRow
      key={participant.id}
      meeting={meeting}
      participant={participant}
      entry={entryText(participant, participants)}
      asker={self}
      trust={trusts.get(participant.id)}
      speaking={state.speakers.includes(participant.id)}
      elsewhere={elsewhere(participant.breakoutRoom)}
      spotlit={state.orders.spotlight.some((id) => id === participant.id)}
      action={action}
      onDialog={open}
    />
  );
  return (
    <SidePanel title={t('room.peopleTitle', { count: participants.length })} onClose={onClose}>
      <LobbySection meeting={home} />
      <div className={styles.invite}>
        {link !== null && (
          <Button
            wide
            icon={<Link2 size={18} aria-hidden="true" />}
            onPress={() => void copy(link(), t('home.copied'))}
          >
            {t('room.copyLink')}
          </Button>
        )}
        {controls.length > 0 && (
          <Button wide icon={<ClipboardList size={18} aria-hidden="true" />} onPress={() => setRoll(true)}>
            {t('host.roll.open')}
          </Button>
        )}
        {controls.includes('hands') && hands.length > 0 && (
          <Button
            wide
            icon={<Hand size={18} aria-hidden="true" />}
            onPress={() => conversation.lowerAllHands()}
          >
            {t('conversation.lowerAll')}
          </Button>
        )}
        {participants.length >= searchFrom && (
          <TextField label={t('host.search')} value={sought} onChange={setSought} />
        )}
      </div>
      <div className={styles.list}>
        <ul>
          {onStage(ordered).map((participant) => row(participant, null))}
          {found.length === 0 && <li className={styles.nobody}>{t('host.nobody')}</li>}
        </ul>
        {isWebinar(state) && isModerator(state) && (
          <Suspense>
            <AudienceSection
              meeting={meeting}
              audience={ordered.filter(({ stage }) => stage !== 'on')}
              total={state.audience}
              row={row}
            />
          </Suspense>
        )}
      </div>
      <RemovedSection meeting={meeting} />
      {dialog !== null && (
        <Suspense>
          <PersonDialog
            name={dialog.name}
            meeting={meeting}
            participant={dialog.participant}
            own={controls}
            onClose={() => setDialog(null)}
          />
        </Suspense>
      )}
      {roll && (
        <Suspense>
          <RollCallDialog meeting={meeting} onClose={() => setRoll(false)} />
        </Suspense>
      )}
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </SidePanel>
  );
}
