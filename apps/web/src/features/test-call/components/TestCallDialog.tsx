import '../texts.ts';
import type { Devices, Identity } from '@conclave/client';
import type { TestCall, TestCallState } from '@conclave/client/test-call';
import { VideoOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { TrackVideo } from '../../../ui/TrackVideo.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { MicrophoneLevel } from '../../visit/components/MicrophoneLevel.tsx';
import { callOneself } from '../model/callOneself.ts';
import { Countdown } from './Countdown.tsx';
import { Result } from './Result.tsx';
import styles from './TestCallDialog.module.css';

/** Calls oneself through the server: sound and picture as others would get them, and how good the way there is. */
export default function TestCallDialog(props: {
  readonly devices: Devices;
  readonly identity: Identity;
  readonly onClose: () => void;
}) {
  const { devices, identity, onClose } = props;
  const { t } = useTranslation();
  const [call, setCall] = useState<TestCall | null>(null);
  const current = useRef<TestCall | null>(null);
  const begin = () => {
    current.current?.[Symbol.dispose]();
    current.current = callOneself(devices, identity);
    setCall(current.current);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that it is opened
  useEffect(() => {
    begin();
    return () => {
      current.current?.[Symbol.dispose]();
      current.current = null;
    };
  }, []);

  return (
    <Dialog title={t('testCall.title')} onClose={onClose}>
      {call !== null && <Course call={call} devices={devices} onAgain={begin} onClose={onClose} />}
    </Dialog>
  );
}

function Course(props: {
  readonly call: TestCall;
  readonly devices: Devices;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const state = useObservable(props.call.state);
  const isOver = state.name === 'over' || state.name === 'failed';
  return (
    <div className={styles.course} data-test-call={state.name}>
      {!isOver && <Picture state={state} />}
      {state.name === 'over' ? (
        <Result result={state.result} />
      ) : state.name === 'failed' ? (
        <Notice kind="error" live>
          <p>{t('testCall.failed')}</p>
          <p>{state.code === 'meeting.ended' ? t('testCall.tooLong') : t(`errors.${state.code}`)}</p>
        </Notice>
      ) : (
        <Step state={state} devices={props.devices} />
      )}
      <DialogActions>
        {isOver && <Button onPress={props.onAgain}>{t('testCall.again')}</Button>}
        <Button look={isOver ? 'primary' : 'plain'} onPress={props.onClose}>
          {t(isOver ? 'testCall.done' : 'ui.cancel')}
        </Button>
      </DialogActions>
    </div>
  );
}

type Running = Exclude<TestCallState, { name: 'over' | 'failed' }>;

function Picture({ state }: { readonly state: Running }) {
  const { t } = useTranslation();
  const picture = state.name === 'connecting' ? null : state.picture;
  return (
    <div className={styles.picture}>
      {picture !== null ? (
        <TrackVideo track={picture} className={styles.video} aria-label={t('testCall.picture')} />
      ) : (
        state.name !== 'connecting' && (
          <p className={styles.none}>
            <VideoOff size={28} aria-hidden="true" />
            {t('testCall.noPicture')}
          </p>
        )
      )}
    </div>
  );
}

function Step({ state, devices }: { readonly state: Running; readonly devices: Devices }) {
  const { t } = useTranslation();
  const hasSound = useObservable(devices.state, ({ microphone }) => microphone.on);
  const text = state.name === 'speaking' && !hasSound ? 'measuring' : state.name;
  return (
    <>
      <p role="status" className={styles.step}>
        {t(`testCall.${text}`)}
      </p>
      {state.name === 'speaking' && hasSound && <MicrophoneLevel devices={devices} />}
      <Countdown endsAt={state.name === 'connecting' ? null : state.endsAt} key={state.name} />
    </>
  );
}
