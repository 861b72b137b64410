import type { Meeting } from '@conclave/client';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../../../ui/useObservable.ts';
import { toggleCamera, toggleMicrophone } from '../../visit/components/DeviceToggles.tsx';
import type { Visit } from '../../visit/model/visit.ts';
import { Announcer } from './Announcer.tsx';
import { Banners } from './Banners.tsx';
import { ControlBar } from './ControlBar.tsx';
import { PeoplePanel } from './PeoplePanel.tsx';
import styles from './Room.module.css';
import { LookingContext } from './RoomContext.ts';
import { Sound } from './Sound.tsx';
import { Stage } from './Stage.tsx';
import { useLookingState } from './useLookingState.ts';
import { usePreference } from './usePreference.ts';
import { useShortcuts } from './useShortcuts.ts';

const SettingsDialog = lazy(() => import('./SettingsDialog.tsx'));

/** The meeting from inside. */
export default function Room(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  /** Back after a reload. */
  readonly returning: boolean;
}) {
  const { visit, meeting, returning } = props;
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const state = useObservable(meeting.state);
  const looking = useLookingState();
  const [people, setPeople] = useState(false);
  const [settings, setSettings] = useState(false);
  const [selfView, setSelfView] = usePreference('self-view');
  const [shortcuts, setShortcuts] = usePreference('shortcuts');
  const title = state.meeting?.title ?? t('room.untitled');

  useEffect(() => {
    document.title = t('room.documentTitle', { title });
  }, [t, title]);
  // The button that led here is gone; the room is read from its start.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useShortcuts(shortcuts, {
    microphone: () => state.allowed.microphone && toggleMicrophone(visit.devices),
    camera: () => state.allowed.camera && toggleCamera(visit.devices),
    people: () => setPeople((open) => !open),
    help: () => setSettings(true),
  });

  return (
    <LookingContext value={looking}>
      <div className={styles.room} data-phase={state.phase.name}>
        <div className={styles.middle}>
          <main className={styles.main}>
            <h1 ref={heading} tabIndex={-1} className="visually-hidden">
              {title}
            </h1>
            <Banners visit={visit} meeting={meeting} state={state} returning={returning} invite={!people} />
            <Stage meeting={meeting} state={state} selfView={selfView} />
          </main>
          {people && <PeoplePanel visit={visit} state={state} onClose={() => setPeople(false)} />}
        </div>
        <ControlBar
          visit={visit}
          meeting={meeting}
          state={state}
          title={title}
          people={people}
          shortcuts={shortcuts}
          onPeople={() => setPeople(!people)}
          onSettings={() => setSettings(true)}
        />
        {settings && (
          <Suspense>
            <SettingsDialog
              devices={visit.devices}
              connection={state.connection}
              selfView={selfView}
              onSelfView={setSelfView}
              shortcuts={shortcuts}
              onShortcuts={setShortcuts}
              onClose={() => setSettings(false)}
            />
          </Suspense>
        )}
        <Sound tracks={state.audioTracks} devices={visit.devices} />
        <Announcer meeting={meeting} devices={visit.devices} />
      </div>
    </LookingContext>
  );
}
