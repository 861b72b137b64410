import { formatPasscode } from '@conclave/client';
import type { Meeting } from '@conclave/protocol';
import {
  CalendarClock,
  Ellipsis,
  KeyRound,
  Link2Off,
  RefreshCw,
  ScanEye,
  SlidersHorizontal,
  Trash2,
  UserPlus,
  UsersRound,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import type { Task } from './TaskDialog.tsx';

interface Props {
  readonly meeting: Meeting;
  readonly title: string;
  readonly passcode: string | null;
  /** Without the passcode. */
  readonly link: string;
  readonly copy: (text: string, done: string) => Promise<void>;
  readonly onTask: (task: Task) => void;
}

/** Everything that can be done with a meeting but entering it. A co-host may look, and change nothing. */
export function MeetingMenu(props: Props) {
  const { meeting, title, passcode, link, copy, onTask } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const icon = { size: 18, 'aria-hidden': true } as const;
  const go = (part: string) => () => void navigate(`/meetings/${meeting.id}/${part}`);
  const mine = meeting.role === 'host';
  return (
    <Menu name={t('home.more', { title })} icon={<Ellipsis size={22} aria-hidden="true" />}>
      {meeting.controls.includes('admit') && (
        <MenuAction icon={<UserPlus {...icon} />} onAction={go('people')}>
          {t(mine ? 'home.people' : 'home.seePeople')}
        </MenuAction>
      )}
      {mine && (
        <>
          <MenuAction icon={<CalendarClock {...icon} />} onAction={go('time')}>
            {t('home.time')}
          </MenuAction>
          <MenuAction icon={<UsersRound {...icon} />} onAction={go('cohosts')}>
            {t('home.cohosts')}
          </MenuAction>
          <MenuAction icon={<SlidersHorizontal {...icon} />} onAction={() => onTask({ name: 'settings' })}>
            {t('home.settings')}
          </MenuAction>
        </>
      )}
      <MenuAction icon={<ScanEye {...icon} />} onAction={go('check')}>
        {t('home.check')}
      </MenuAction>
      <MenuAction icon={<Link2Off {...icon} />} onAction={() => void copy(link, t('home.copiedBare'))}>
        {t('home.copyBare')}
      </MenuAction>
      {passcode !== null && (
        <MenuAction
          icon={<KeyRound {...icon} />}
          onAction={() => void copy(formatPasscode(passcode), t('home.copiedPasscode'))}
        >
          {t('home.copyPasscode')}
        </MenuAction>
      )}
      {mine && (
        <>
          <MenuAction icon={<RefreshCw {...icon} />} onAction={() => onTask({ name: 'new-passcode' })}>
            {t('home.newPasscode')}
          </MenuAction>
          <MenuAction danger icon={<Trash2 {...icon} />} onAction={() => onTask({ name: 'delete' })}>
            {t('home.delete')}
          </MenuAction>
        </>
      )}
    </Menu>
  );
}
