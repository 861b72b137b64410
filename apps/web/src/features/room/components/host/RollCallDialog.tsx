import './texts.ts';
import type { Meeting, PersonVerification } from '@conclave/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { CopyByHand } from '../../../../ui/CopyByHand.tsx';
import { Dialog, DialogActions } from '../../../../ui/Dialog.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { useCopy } from '../../../home/components/useCopy.ts';
import { rollCall } from '../../model/rollCall.ts';
import { saveFile } from '../../model/saveFile.ts';
import styles from './RollCallDialog.module.css';
import { useEntryText } from './useEntryText.ts';

/** Everybody who is here, to go through one by one, and to keep. */
export default function RollCallDialog(props: { readonly meeting: Meeting; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const entryText = useEntryText();
  const participants = useObservable(props.meeting.state, (state) => state.participants);
  const { people } = useObservable(props.meeting.state, (state) => state.verification);
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const trusts = new Map(people.map(({ participantId, trust }) => [participantId, trust]));
  const texts = {
    entry: (one: (typeof participants)[number]) => entryText(one, participants),
    role: ({ role }: (typeof participants)[number]) => t(`host.role.${role}`),
    trust: (trust: PersonVerification['trust'] | undefined) => trustText(trust),
    time: (instant: string) =>
      new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
  };
  const text = () => rollCall(participants, (id) => trusts.get(id), texts);
  return (
    <Dialog title={t('host.roll.title')} onClose={props.onClose}>
      <p>{t('host.roll.lead', { count: participants.length })}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['name', 'role', 'entry', 'trust', 'since'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`host.roll.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {participants.map((one) => (
              <tr key={one.id}>
                <th scope="row" dir="auto">
                  {one.name}
                </th>
                <td>{texts.role(one)}</td>
                <td>{texts.entry(one)}</td>
                <td>{one.self ? '–' : texts.trust(trusts.get(one.id))}</td>
                <td>{texts.time(one.joinedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DialogActions>
        <Button onPress={() => saveFile(new Blob([text()]), t('host.roll.file'))}>
          {t('host.roll.save')}
        </Button>
        <Button look="primary" onPress={() => void copy(text(), t('host.roll.copied'))}>
          {t('host.roll.copy')}
        </Button>
      </DialogActions>
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </Dialog>
  );

  function trustText(trust: PersonVerification['trust'] | undefined): string {
    switch (trust) {
      case 'verified':
      case 'changed':
      case 'renamed':
        return t(`host.trust.${trust}`);
      default:
        return t('host.trust.unverified');
    }
  }
}
