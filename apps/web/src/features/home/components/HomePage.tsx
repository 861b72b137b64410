import './texts.ts';
import type { Account, Meeting } from '@conclave/protocol';
import { CalendarPlus, Phone, PhoneMissed, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { SignedIn } from '../../account/components/SignedIn.tsx';
import { session } from '../../account/model/session.ts';
import { useCalls } from '../../calls/components/useCalls.ts';
import { TabMemory } from '../../visit/model/tabMemory.ts';
import { coming, type MeetingList } from '../model/meetingList.ts';
import type { PasscodeStore } from '../model/passcodes.ts';
import styles from './HomePage.module.css';
import { MeetingCard } from './MeetingCard.tsx';
import { useMeetingList } from './useMeetingList.ts';

export default function HomePage() {
  const { t } = useTranslation();
  return (
    <SignedIn title={t('home.title')} about>
      {(account) => <Meetings key={account.id} account={account} />}
    </SignedIn>
  );
}

function Meetings({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { list, passcodes } = useMeetingList(account.id);
  const state = useObservable(list.state);
  const [making, setMaking] = useState(false);
  const mayMake = account.abilities.includes('meetings.create');

  const make = async () => {
    setMaking(true);
    try {
      const { id, passcode } = await list.make();
      new TabMemory(id).update({ passcode });
      await navigate(`/m/${id}`, { state: { made: true } });
    } catch (error) {
      setMaking(false);
      if (RequestError.of(error).code === 'auth.required') session.ended();
      else showToast(errorText(error));
    }
  };

  return (
    <>
      <section className={styles.start}>
        {mayMake && <p>{t('home.lead')}</p>}
        <div className={styles.ways}>
          {mayMake && (
            <Button
              look="primary"
              icon={<Plus size={20} aria-hidden="true" />}
              busy={making}
              onPress={() => void make()}
            >
              {t('home.new')}
            </Button>
          )}
          {mayMake && (
            <Button
              icon={<CalendarPlus size={20} aria-hidden="true" />}
              onPress={() => void navigate('/meetings/new')}
            >
              {t('home.schedule')}
            </Button>
          )}
          <People />
        </div>
      </section>
      {state.name === 'loading' && <Loading />}
      {state.name === 'failed' && (
        <Notice kind="error" live>
          <p>{errorText(state.error)}</p>
          <div>
            <Button onPress={() => void list.load()}>{t('ui.tryAgain')}</Button>
          </div>
        </Notice>
      )}
      {state.name === 'ready' && state.meetings.length === 0 && (
        <div className={styles.empty}>
          <h2>{t('home.emptyTitle')}</h2>
          <p>{mayMake ? t('home.empty') : t('home.emptyMember')}</p>
        </div>
      )}
      {state.name === 'ready' && (
        <>
          <List
            title={t('home.coming')}
            meetings={coming(state.meetings)}
            list={list}
            passcodes={passcodes}
          />
          <List
            title={state.meetings.some(({ next }) => next !== null) ? t('home.others') : null}
            meetings={state.meetings.filter(({ next }) => next === null)}
            list={list}
            passcodes={passcodes}
          />
        </>
      )}
    </>
  );
}

/** The way to people and calls; nothing where there are none. */
function People() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const view = useCalls();
  if (view?.calls === 'off') return null;
  const missed = view?.missed ?? 0;
  const Icon = missed > 0 ? PhoneMissed : Phone;
  return (
    <Button
      icon={<Icon size={20} aria-hidden="true" />}
      onPress={() => void navigate(missed > 0 ? '/people/missed' : '/people')}
    >
      {missed > 0 ? t('home.missedCalls', { count: missed }) : t('home.callSomebody')}
    </Button>
  );
}

function List(props: {
  /** Null where there is no other list beside it. */
  readonly title: string | null;
  readonly meetings: readonly Meeting[];
  readonly list: MeetingList;
  readonly passcodes: PasscodeStore;
}) {
  const { title, meetings, list, passcodes } = props;
  if (meetings.length === 0) return null;
  return (
    <section className={styles.group}>
      {title !== null && <h2>{title}</h2>}
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <MeetingCard
            key={meeting.id}
            meeting={meeting}
            list={list}
            passcode={passcodes.get(meeting.id)}
            under={title === null ? 2 : 3}
          />
        ))}
      </ul>
    </section>
  );
}
