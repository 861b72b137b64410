import './texts.ts';
import type { Account } from '@conclave/protocol';
import { Plus } from 'lucide-react';
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
import { TabMemory } from '../../visit/model/tabMemory.ts';
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
        <p>{t('home.lead')}</p>
        <Button
          look="primary"
          icon={<Plus size={20} aria-hidden="true" />}
          busy={making}
          onPress={() => void make()}
        >
          {t('home.new')}
        </Button>
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
          <p>{t('home.empty')}</p>
        </div>
      )}
      {state.name === 'ready' && state.meetings.length > 0 && (
        <ul className={styles.list}>
          {state.meetings.map((meeting) => (
            <MeetingCard
              key={meeting.id}
              meeting={meeting}
              list={list}
              passcode={passcodes.get(meeting.id)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
