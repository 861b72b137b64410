import type { Meeting } from '@conclave/client';
import {
  MessageCircleQuestion,
  MonitorUp,
  MonitorX,
  PhoneOff,
  Settings,
  ShieldUser,
  Users,
} from 'lucide-react';
import { memo, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { RoundButton } from '../../../ui/RoundButton.tsx';
import { useMedia } from '../../../ui/useMedia.ts';
import { useObservable } from '../../../ui/useObservable.ts';
import { ShieldButton } from '../../security/components/ShieldButton.tsx';
import type { Shield } from '../../security/model/shield.ts';
import { CameraToggle, MicrophoneToggle } from '../../visit/components/DeviceToggles.tsx';
import type { Visit } from '../../visit/model/visit.ts';
import { hasChatPanel, hasOrders } from '../model/meetingRules.ts';
import { SHORTCUT_KEYS, type Shortcut } from '../model/shortcuts.ts';
import { isAudience, isWebinar, knocking } from '../model/webinar.ts';
import { ConnectionMark } from './ConnectionMark.tsx';
import styles from './ControlBar.module.css';
import { ChatButton } from './conversation/ChatButton.tsx';
import { HandButton } from './conversation/HandButton.tsx';
import { MoreButton } from './conversation/MoreButton.tsx';
import { ReactButton } from './conversation/ReactButton.tsx';
import { HostButton } from './host/HostButton.tsx';
import { type HostDialogName, hasHostMenu } from './host/hostDialogs.ts';
import type { PanelName } from './SidePanel.tsx';
import { useScreenShare } from './useScreenShare.ts';

const QuestionsButton = lazyPart(() => import('./webinar/QuestionsButton.tsx'));
const OrdersMark = lazyPart(() => import('./host/OrdersMark.tsx'));

export const ControlBar = memo(function ControlBar(props: {
  readonly visit: Visit;
  readonly meeting: Meeting;
  readonly title: string;
  readonly panel: PanelName | null;
  readonly shield: Shield;
  readonly shortcuts: boolean;
  readonly onPanel: (name: PanelName) => void;
  readonly onSettings: () => void;
  readonly onHostDialog: (name: HostDialogName) => void;
}) {
  const { visit, meeting } = props;
  const { t } = useTranslation();
  const ordered = useObservable(meeting.state, hasOrders);
  const share = useScreenShare(meeting);
  const allowed = useObservable(meeting.state, (state) => state.allowed);
  const heldBy = useObservable(meeting.state, (state) => state.heldBy);
  const orders = useObservable(meeting.state, (state) => state.orders);
  const keepsOrder = useObservable(meeting.state, (state) => hasHostMenu(state.controls));
  const asksHowToLeave = useObservable(
    meeting.state,
    ({ controls, participants }) => controls.includes('end') && participants.length > 1,
  );
  const waiting = useObservable(meeting.state, knocking);
  const people = useObservable(meeting.state, (state) => state.participants.length);
  const chat = useObservable(meeting.state, hasChatPanel);
  const selfId = useObservable(meeting.state, (state) => state.selfId);
  const key = (name: Shortcut) => (props.shortcuts ? { shortcut: SHORTCUT_KEYS[name] } : {});
  const webinar = useObservable(meeting.state, isWebinar);
  const watching = useObservable(meeting.state, isAudience);
  const narrow = useMedia('(width < 720px)');
  const held = !allowed.screen && !share.sharing && (heldBy.screen !== null || orders.held.screen);
  const icon = { size: 24, 'aria-hidden': true } as const;

  const small = { size: 20, 'aria-hidden': true } as const;
  const more = [
    ...(watching
      ? []
      : [
          {
            name: share.sharing ? t('room.stopSharing') : t('room.shareScreen'),
            icon: share.sharing ? <MonitorX {...small} /> : <MonitorUp {...small} />,
            disabled: share.picking || (!allowed.screen && !share.sharing),
            run: share.sharing ? share.stop : share.start,
          },
        ]),
    ...(webinar && !watching
      ? [
          {
            name: t('room.questions'),
            icon: <MessageCircleQuestion {...small} />,
            run: () => props.onPanel('questions'),
          },
        ]
      : []),
    {
      name: `${t('room.people')} (${people})`,
      icon: <Users {...small} />,
      run: () => props.onPanel('people'),
    },
    ...(keepsOrder
      ? [{ name: t('room.order'), icon: <ShieldUser {...small} />, run: () => props.onHostDialog('menu') }]
      : []),
    { name: t('room.settings'), icon: <Settings {...small} />, run: props.onSettings },
  ];

  return (
    <footer className={styles.bar}>
      <div className={styles.start}>
        <ShieldButton
          shield={props.shield}
          open={props.panel === 'security'}
          onPress={() => props.onPanel('security')}
        />
        <p className={styles.title}>{props.title}</p>
      </div>
      <section className={styles.controls} aria-label={t('room.controls')}>
        {!watching && (
          <>
            <MicrophoneToggle
              captioned
              devices={visit.devices}
              allowed={allowed.microphone}
              heldBy={heldBy.microphone}
              {...key('microphone')}
            />
            <CameraToggle
              captioned
              devices={visit.devices}
              allowed={allowed.camera}
              heldBy={heldBy.camera}
              {...key('camera')}
            />
            {!narrow && (
              <RoundButton
                name={share.sharing ? t('room.stopSharing') : t('room.shareScreen')}
                caption={share.sharing ? t('room.short.stop') : t('room.short.share')}
                look={share.sharing ? 'active' : 'plain'}
                busy={share.picking}
                {...(held
                  ? {
                      why:
                        heldBy.screen === null
                          ? t('room.notAllowed')
                          : t('room.notAllowedBy', { name: heldBy.screen }),
                    }
                  : { isDisabled: !allowed.screen && !share.sharing })}
                onPress={share.sharing ? share.stop : share.start}
              >
                {share.sharing ? <MonitorX {...icon} /> : <MonitorUp {...icon} />}
              </RoundButton>
            )}
          </>
        )}
        <HandButton selfId={selfId} {...key('hand')} />
        {(!narrow || watching) && <ReactButton />}
        {webinar && (!narrow || watching) && (
          <Suspense>
            <QuestionsButton
              audience={watching}
              open={props.panel === 'questions'}
              onPress={() => props.onPanel('questions')}
            />
          </Suspense>
        )}
        {chat && (
          <ChatButton
            files={meeting.files}
            open={props.panel === 'chat'}
            onPress={() => props.onPanel('chat')}
            {...key('chat')}
          />
        )}
        {narrow ? (
          <MoreButton actions={more} />
        ) : (
          <>
            <RoundButton
              name={t('room.people')}
              caption={t('room.short.people')}
              look={props.panel === 'people' ? 'active' : 'plain'}
              badge={waiting > 0 ? '!' : people}
              aria-expanded={props.panel === 'people'}
              onPress={() => props.onPanel('people')}
              {...key('people')}
            >
              <Users {...icon} />
            </RoundButton>
            {keepsOrder && (
              <HostButton meeting={meeting} shortcuts={props.shortcuts} onDialog={props.onHostDialog} />
            )}
            <RoundButton
              name={t('room.settings')}
              caption={t('room.short.settings')}
              onPress={props.onSettings}
              {...key('help')}
            >
              <Settings {...icon} />
            </RoundButton>
          </>
        )}
        <RoundButton
          name={t('room.leave')}
          caption={t('room.short.leave')}
          look="danger"
          onPress={() => (asksHowToLeave ? props.onHostDialog('leave') : void visit.leave())}
        >
          <PhoneOff {...icon} />
        </RoundButton>
      </section>
      <div className={styles.end}>
        {ordered && (
          <Suspense>
            <OrdersMark meeting={meeting} />
          </Suspense>
        )}
        <ConnectionMark meeting={meeting} />
      </div>
    </footer>
  );
});
