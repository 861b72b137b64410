import type { Meeting, PersonVerification } from '@conclave/client';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addTexts } from '../../../i18n/addTexts.ts';
import { securityPanel } from '../../../i18n/en/securityPanel.ts';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { SidePanel } from '../../room/components/SidePanel.tsx';
import type { Shield } from '../model/shield.ts';
import { KeptOut } from './KeptOut.tsx';
import { PersonTrust } from './PersonTrust.tsx';
import { ProtectionText } from './ProtectionText.tsx';
import { RoomCode } from './RoomCode.tsx';
import styles from './SecurityPanel.module.css';

addTexts('security', securityPanel);

const PersonCodeDialog = lazyPart(() => import('./PersonCodeDialog.tsx'));

/** Everything that can be known of how this meeting is protected and who takes part. */
export default function SecurityPanel(props: {
  readonly meeting: Meeting;
  readonly shield: Shield;
  readonly onClose: () => void;
}) {
  const { meeting, shield, onClose } = props;
  const encryption = useObservable(meeting.state, (state) => state.encryption);
  const verification = useObservable(meeting.state, (state) => state.verification);
  const webinar = useObservable(meeting.state, ({ rules }) => rules.form === 'webinar');
  const { t } = useTranslation();
  const [opened, setOpened] = useState<PersonVerification | null>(null);
  const personOf = (id: string) => encryption.people.find(({ participantId }) => participantId === id);
  const nameOf = (id: string) => personOf(id)?.name ?? '';

  return (
    <SidePanel title={t('security.title')} onClose={onClose}>
      <div className={styles.content}>
        <ProtectionText shield={shield} nameOf={nameOf} refused={encryption.refused.length} />
        {/* What an audience says, the code's parts among it, does not reach the audience. */}
        {encryption.phase === 'secured' && !webinar && (
          <RoomCode meeting={meeting} verification={verification} nameOf={nameOf} />
        )}
        <section className={styles.section}>
          <h3>{t('security.people.title')}</h3>
          <p className={styles.soft}>{t('security.people.help')}</p>
          <ul className={styles.people}>
            {verification.people.map((person) => (
              <PersonTrust
                key={person.participantId}
                person={person}
                name={nameOf(person.participantId)}
                guest={personOf(person.participantId)?.accountId === null}
                onOpen={() => setOpened(person)}
              />
            ))}
          </ul>
        </section>
        <KeptOut refused={encryption.refused} />
        <section className={styles.section}>
          <h3>{t('security.server.title')}</h3>
          <p className={styles.soft}>{t('security.server.sees')}</p>
          <p className={styles.soft}>{t('security.server.hidden')}</p>
          <p className={styles.soft}>{t('security.server.serves')}</p>
        </section>
      </div>
      {opened !== null && (
        <Suspense>
          <PersonCodeDialog
            meeting={meeting}
            person={opened}
            name={nameOf(opened.participantId)}
            guest={personOf(opened.participantId)?.accountId === null}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </SidePanel>
  );
}
