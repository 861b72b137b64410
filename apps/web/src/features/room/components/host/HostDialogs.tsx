import './texts.ts';
import type { Meeting } from '@conclave/client';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Checkbox.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { Dialog, DialogActions } from '../../../../ui/Dialog.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { lazyPart } from '../../../../ui/lazyPart.ts';
import { TextField } from '../../../../ui/TextField.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { findPeople } from '../../model/findPeople.ts';
import { mayRule } from '../../model/mayRule.ts';
import styles from './HostDialogs.module.css';
import HostMenu from './HostMenu.tsx';
import type { HostDialogName } from './hostDialogs.ts';

const BreakoutDialog = lazyPart(() => import('../breakout/BreakoutDialog.tsx'));

export default function HostDialogs(props: {
  readonly name: HostDialogName;
  /** The meeting, where a breakout room of it is shown. */
  readonly home: Meeting;
  readonly meeting: Meeting;
  readonly shortcuts: boolean;
  readonly onDialog: (name: HostDialogName | null) => void;
  readonly onLeave: () => void;
}) {
  const { name, meeting, onDialog } = props;
  const { t } = useTranslation();
  const close = () => onDialog(null);
  switch (name) {
    case 'menu':
      return (
        <Dialog title={t('host.menu')} onClose={close}>
          <HostMenu
            meeting={meeting}
            shortcuts={props.shortcuts}
            onBreakout={() => onDialog('breakout')}
            onMuteOthers={() => onDialog('mute-others')}
            onEnd={() => onDialog('end')}
            onClose={close}
          />
        </Dialog>
      );
    case 'breakout':
      return (
        <Suspense>
          <BreakoutDialog home={props.home} onClose={close} />
        </Suspense>
      );
    case 'mute-others':
      return <MuteOthers meeting={meeting} onClose={close} />;
    case 'end':
      return (
        <ConfirmDialog
          title={t('host.endTitle')}
          text={t('host.endText')}
          confirm={t('host.endConfirm')}
          danger
          onConfirm={() => meeting.moderation.end()}
          onClose={close}
        />
      );
    case 'leave':
      return <LeaveOrEnd meeting={meeting} onClose={close} onLeave={props.onLeave} />;
  }
}

/** Whoever may end it is asked which of the two is meant. */
function LeaveOrEnd(props: {
  readonly meeting: Meeting;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  if (ending)
    return (
      <ConfirmDialog
        title={t('host.endTitle')}
        text={t('host.endText')}
        confirm={t('host.endConfirm')}
        danger
        onConfirm={() => props.meeting.moderation.end()}
        onClose={props.onClose}
      />
    );
  return (
    <Dialog title={t('host.leaveTitle')} onClose={props.onClose}>
      <p>{t('host.leaveText')}</p>
      <DialogActions>
        <Button look="danger" onPress={() => setEnding(true)}>
          {t('host.endAll')}
        </Button>
        <Button look="primary" autoFocus onPress={props.onLeave}>
          {t('host.leaveOnly')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Everybody is muted but those who are chosen. */
function MuteOthers({ meeting, onClose }: { readonly meeting: Meeting; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const participants = useObservable(meeting.state, (state) => state.participants);
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const [sought, setSought] = useState('');
  const self = participants.find((one) => one.self);
  const subjects = participants.filter((one) => self !== undefined && mayRule(self, one));
  const choose = (id: string, keep: boolean) => {
    const next = new Set(kept);
    if (keep) next.add(id);
    else next.delete(id);
    setKept(next);
  };
  return (
    <FormDialog
      title={t('host.muteOthersTitle')}
      save={t('host.muteOthersConfirm')}
      onSave={() => meeting.moderation.stop(['microphone'], { who: 'all', except: [...kept] })}
      onClose={onClose}
    >
      <p>{t('host.muteOthersText')}</p>
      {subjects.length > 8 && <TextField label={t('host.search')} value={sought} onChange={setSought} />}
      <div className={styles.people}>
        {findPeople(subjects, sought).map(({ id, name }) => (
          <Checkbox key={id} checked={kept.has(id)} onChange={(keep) => choose(id, keep)}>
            <span dir="auto">{name}</span>
          </Checkbox>
        ))}
      </div>
    </FormDialog>
  );
}
