import type { Meeting } from '@conclave/client';
import { Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { ChangedDevices } from '../../security/components/ChangedDevices.tsx';
import { useShield } from '../../security/components/useShield.ts';
import { toggleCamera, toggleMicrophone } from '../../visit/components/DeviceToggles.tsx';
import type { Visit } from '../../visit/model/visit.ts';
import { hasChatPanel } from '../model/meetingRules.ts';
import { isSecured } from '../model/orderNews.ts';
import { isAudience, isWebinar, knocking } from '../model/webinar.ts';
import { Banners } from './Banners.tsx';
import { useKnownRooms } from './breakout/useKnownRooms.ts';
import { ControlBar } from './ControlBar.tsx';
import { ConversationContext } from './conversation/ConversationContext.ts';
import { useKeepPage } from './files/useKeepPage.ts';
import type { HostDialogName } from './host/hostDialogs.ts';
import styles from './Room.module.css';
import { LookingContext } from './RoomContext.ts';
import type { PanelName } from './SidePanel.tsx';
import { Sound } from './Sound.tsx';
import { Stage } from './Stage.tsx';
import { useLookingState } from './useLookingState.ts';
import { usePreference } from './usePreference.ts';
import { useShortcuts } from './useShortcuts.ts';

// Nobody pressed anything for them: where they cannot be fetched, the meeting goes on without.
const Announcers = lazyPart(() => import('./Announcers.tsx'));
const loadPeoplePanel = () => import('./PeoplePanel.tsx');
const ChatPanel = lazyPart(() => import('./chat/ChatPanel.tsx'));
const PeoplePanel = lazyPart(loadPeoplePanel);
const SecurityPanel = lazyPart(() => import('../../security/components/SecurityPanel.tsx'));
const HostDialogs = lazyPart(() => import('./host/HostDialogs.tsx'));
const LobbyBanner = lazyPart(() => import('./host/LobbyBanner.tsx'));
const SecuredBanner = lazyPart(() => import('./host/SecuredBanner.tsx'));
const WebinarStrip = lazyPart(() => import('./webinar/WebinarStrip.tsx'));
const QuestionsPanel = lazyPart(() => import('./webinar/QuestionsPanel.tsx'));
const BreakoutBanners = lazyPart(() => import('./breakout/BreakoutBanners.tsx'));
const loadKeys = () => import('./host/hostKeys.ts');
const SettingsDialog = lazyPart(() => import('./SettingsDialog.tsx'));

/** The meeting from inside. */
export default function Room(props: {
  readonly visit: Visit;
  /** The meeting, which may be another than the breakout room of it that is shown. */
  readonly home: Meeting;
  readonly meeting: Meeting;
  /** Back after a reload. */
  readonly returning: boolean;
}) {
  const { visit, home, meeting, returning } = props;
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const phase = useObservable(meeting.state, (state) => state.phase.name);
  const named = useObservable(meeting.state, (state) => state.meeting?.title);
  const selfId = useObservable(meeting.state, (state) => state.selfId);
  const audioTracks = useObservable(meeting.state, (state) => state.audioTracks);
  const chat = useObservable(meeting.state, hasChatPanel);
  const looking = useLookingState();
  const [panel, setPanel] = useState<PanelName | null>(null);
  const toggle = useCallback((name: PanelName) => setPanel((open) => (open === name ? null : name)), []);
  const shield = useShield(meeting, panel === 'security');
  const someoneWaits = useObservable(home.state, (state) => knocking(state) > 0);
  const webinar = useObservable(meeting.state, isWebinar);
  const watching = useObservable(meeting.state, isAudience);
  const secured = useObservable(meeting.state, ({ orders }) => isSecured(orders));
  const breakout = useKnownRooms(home) !== null;
  const [hostDialog, setHostDialog] = useState<HostDialogName | null>(null);
  const showPeople = useCallback(() => setPanel('people'), []);
  const [settings, setSettings] = useState(false);
  const openSettings = useCallback(() => setSettings(true), []);
  const [selfView, setSelfView] = usePreference('self-view');
  const [shortcuts, setShortcuts] = usePreference('shortcuts');
  const title = named ?? (meeting === home ? t('room.untitled') : t('room.breakout'));

  useEffect(() => {
    document.title = t('room.documentTitle', { title });
  }, [t, title]);
  // The button that led here is gone; the room is read from its start.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const joined = phase === 'joined';
  // The one that most people open: there before it is asked for.
  useEffect(() => {
    if (joined) loadPeoplePanel().catch(() => {});
  }, [joined]);
  useKeepPage();
  useShortcuts(shortcuts, {
    microphone: () => meeting.state.get().allowed.microphone && toggleMicrophone(visit.devices),
    camera: () => meeting.state.get().allowed.camera && toggleCamera(visit.devices),
    people: () => toggle('people'),
    chat: () => hasChatPanel(meeting.state.get()) && toggle('chat'),
    hand: () => toggleHand(meeting),
    muteAll: () => void loadKeys().then(({ muteAll }) => muteAll(meeting)),
    secure: () => void loadKeys().then(({ secure }) => secure(meeting)),
    help: openSettings,
  });

  return (
    <LookingContext value={looking}>
      <ConversationContext value={meeting.conversation}>
        <div className={styles.room} data-phase={phase}>
          <div className={styles.middle}>
            <main className={styles.main}>
              <h1 ref={heading} tabIndex={-1} className="visually-hidden">
                {title}
              </h1>
              {webinar && joined && (
                <Suspense>
                  <WebinarStrip meeting={meeting} />
                </Suspense>
              )}
              {someoneWaits && (
                <Suspense>
                  <LobbyBanner meeting={home} listOpen={panel === 'people'} onLook={showPeople} />
                </Suspense>
              )}
              {secured && (
                <Suspense>
                  <SecuredBanner meeting={meeting} />
                </Suspense>
              )}
              {breakout && (
                <Suspense>
                  <BreakoutBanners home={home} />
                </Suspense>
              )}
              <Banners
                visit={visit}
                meeting={meeting}
                returning={returning}
                invite={panel !== 'people' && !watching}
              />
              <Stage meeting={meeting} selfView={selfView} />
            </main>
            {panel === 'people' && (
              <Suspense>
                <PeoplePanel visit={visit} home={home} meeting={meeting} onClose={() => setPanel(null)} />
              </Suspense>
            )}
            {panel === 'chat' && chat && (
              <Suspense>
                <ChatPanel
                  meeting={meeting}
                  selfId={selfId}
                  passcode={visit.passcode}
                  onClose={() => setPanel(null)}
                />
              </Suspense>
            )}
            {panel === 'questions' && webinar && (
              <Suspense>
                <QuestionsPanel meeting={meeting} onClose={() => setPanel(null)} />
              </Suspense>
            )}
            {panel === 'security' && (
              <Suspense>
                <SecurityPanel meeting={meeting} shield={shield} onClose={() => setPanel(null)} />
              </Suspense>
            )}
          </div>
          <ControlBar
            visit={visit}
            meeting={meeting}
            title={title}
            panel={panel}
            shield={shield}
            shortcuts={shortcuts}
            onPanel={toggle}
            onSettings={openSettings}
            onHostDialog={setHostDialog}
          />
          {hostDialog !== null && (
            <Suspense>
              <HostDialogs
                name={hostDialog}
                home={home}
                meeting={meeting}
                shortcuts={shortcuts}
                onDialog={setHostDialog}
                onLeave={() => void visit.leave()}
              />
            </Suspense>
          )}
          {settings && (
            <Suspense>
              <SettingsDialog
                devices={visit.devices}
                meeting={meeting}
                selfView={selfView}
                onSelfView={setSelfView}
                shortcuts={shortcuts}
                onShortcuts={setShortcuts}
                onClose={() => setSettings(false)}
              />
            </Suspense>
          )}
          <Sound tracks={audioTracks} devices={visit.devices} />
          <Suspense>
            <Announcers
              meeting={meeting}
              devices={visit.devices}
              shield={shield}
              chatOpen={panel === 'chat'}
            />
          </Suspense>
          <ChangedDevices meeting={meeting} />
        </div>
      </ConversationContext>
    </LookingContext>
  );
}

function toggleHand({ conversation, state }: Meeting): void {
  const { selfId } = state.get();
  const up = conversation.hands.get().some(({ participantId }) => participantId === selfId);
  conversation.raiseHand(!up);
}
