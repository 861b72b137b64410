import '../texts.ts';
import type { Devices, Identity } from '@conclave/client';
import type { TestCall, TestCallState } from '@conclave/client/test-call';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { callOneself } from '../model/callOneself.ts';
import { Failure } from './Failure.tsx';
import { Result } from './Result.tsx';
import { Running } from './Running.tsx';
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
    <Dialog title={t('testCall.title')} staysOpen onClose={onClose}>
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
  const { call, devices, onAgain, onClose } = props;
  const { t } = useTranslation();
  const state = useObservable(call.state);
  const isOver = state.name === 'over' || state.name === 'failed';
  const refused = state.name === 'failed' && state.code === 'auth.required';
  return (
    <div className={styles.course} data-test-call={state.name}>
      <Part state={state} devices={devices} />
      <DialogActions>
        {isOver && !refused && <Button onPress={onAgain}>{t('testCall.again')}</Button>}
        <Button look={isOver ? 'primary' : 'plain'} onPress={onClose}>
          {t(isOver ? 'testCall.done' : 'ui.cancel')}
        </Button>
      </DialogActions>
    </div>
  );
}

function Part({ state, devices }: { readonly state: TestCallState; readonly devices: Devices }) {
  switch (state.name) {
    case 'over':
      return <Result result={state.result} devices={devices} />;
    case 'failed':
      return <Failure code={state.code} />;
    default:
      return <Running state={state} devices={devices} />;
  }
}
