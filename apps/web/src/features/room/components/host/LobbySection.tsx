import './texts.ts';
import type { LobbyKnock, Meeting } from '@conclave/client';
import {
  BadgeCheck,
  Ban,
  CircleAlert,
  Ellipsis,
  Mail,
  MessageCircleQuestion,
  UsersRound,
} from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeAgo } from '../../../../i18n/when.ts';
import { Button } from '../../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { Menu, MenuAction } from '../../../../ui/Menu.tsx';
import { TextField } from '../../../../ui/TextField.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { admissible, findKnocks, idsOf, isKnown, KNOCKS_SHOWN } from '../../model/lobby.ts';
import { Avatar } from '../Avatar.tsx';
import styles from './LobbySection.module.css';
import { Toggle } from './Toggle.tsx';
import { useAct } from './useAct.ts';
import { useLobbySound } from './useLobbySound.ts';
import { useMinute } from './useMinute.ts';

const identityIcons = { account: BadgeCheck, invited: Mail, 'self-declared': MessageCircleQuestion };

/** Who waits, with what is known of each, for those who may let them in. */
export function LobbySection({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  const act = useAct();
  const lobby = useObservable(meeting.state, (state) => state.lobby);
  const controls = useObservable(meeting.state, (state) => state.controls);
  const [sought, setSought] = useState('');
  const [asked, setAsked] = useState<{ knock: LobbyKnock; how: 'forGood' | 'network' } | null>(null);
  const [sound, setSound] = useLobbySound();
  const now = useMinute();
  if (lobby.length === 0) return null;
  const { moderation } = meeting;
  const known = lobby.filter(isKnown);
  const all = admissible(lobby);
  const found = findKnocks(lobby, sought);
  const shown = found.slice(0, KNOCKS_SHOWN);
  return (
    <section className={styles.lobby} aria-labelledby="lobby-title">
      <h3 id="lobby-title" className={styles.title}>
        {t('host.lobby.title', { count: lobby.length })}
      </h3>
      {all.length > 1 && (
        <div className={styles.many}>
          {known.length > 0 && known.length < all.length && (
            <Button onPress={() => act(() => moderation.admit(idsOf(known)))}>
              {t('host.lobby.admitKnown', { count: known.length })}
            </Button>
          )}
          <Button onPress={() => act(() => moderation.admit(idsOf(all)))}>
            {t('host.lobby.admitAll', { count: all.length })}
          </Button>
        </div>
      )}
      {lobby.length > 8 && <TextField label={t('host.lobby.search')} value={sought} onChange={setSought} />}
      <ul className={styles.list}>
        {shown.map((knock) => (
          <KnockRow
            key={knock.participantId}
            knock={knock}
            since={timeAgo(knock.since, now)}
            mayBan={controls.includes('remove')}
            onAdmit={() => act(() => moderation.admit([knock.participantId]))}
            onTurnAway={() => act(() => moderation.turnAway(knock.participantId))}
            onAsk={(how) => setAsked({ knock, how })}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <p className={styles.capped} role="status">
          {t('host.nobody')}
        </p>
      )}
      {found.length > shown.length && (
        <p className={styles.capped}>{t('host.lobby.capped', { count: found.length - shown.length })}</p>
      )}
      <div className={styles.sound}>
        <Toggle on={sound} onChange={setSound}>
          {t('host.lobby.sound')}
        </Toggle>
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={t(`host.lobby.${asked.how}Title`, { name: asked.knock.name })}
          text={t(`host.lobby.${asked.how}Text`, { name: asked.knock.name })}
          confirm={t(`host.lobby.${asked.how}Confirm`)}
          danger
          onConfirm={() =>
            moderation.turnAway(
              asked.knock.participantId,
              asked.how === 'forGood' ? { ban: true } : { whom: 'network' },
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

const KnockRow = memo(
  function KnockRow(props: {
    readonly knock: LobbyKnock;
    readonly since: string;
    readonly mayBan: boolean;
    readonly onAdmit: () => void;
    readonly onTurnAway: () => void;
    readonly onAsk: (how: 'forGood' | 'network') => void;
  }) {
    const { knock, since } = props;
    const { participantId, name, identity, proof, deviceCode } = knock;
    const { t } = useTranslation();
    const Icon = identityIcons[identity];
    const small = { size: 14, 'aria-hidden': true } as const;
    const icon = { size: 18, 'aria-hidden': true } as const;
    return (
      <li className={styles.row}>
        <Avatar id={participantId} name={name} size={36} />
        <div className={styles.words}>
          <p className={styles.name}>
            <bdi>{name}</bdi>
          </p>
          <p className={styles.facts}>
            {proof === 'invalid' ? (
              <span className={styles.invalid}>
                <CircleAlert {...small} /> {t('host.lobby.invalid')}
              </span>
            ) : (
              <span className={styles.identity} data-identity={identity}>
                <Icon {...small} />{' '}
                {proof === 'checking' ? t('host.lobby.checking') : t(`host.lobby.${identity}`)}
              </span>
            )}
            <span>{since}</span>
          </p>
          {deviceCode !== null && (
            <p className={styles.code}>
              <span className="visually-hidden">{t('host.lobby.code')}: </span>
              {deviceCode}
            </p>
          )}
        </div>
        <div className={styles.actions}>
          <Button
            look="primary"
            aria-label={t('host.lobby.admitOf', { name })}
            isDisabled={proof !== 'valid'}
            onPress={props.onAdmit}
          >
            {t('host.lobby.admit')}
          </Button>
          <Button aria-label={t('host.lobby.turnAwayOf', { name })} onPress={props.onTurnAway}>
            {t('host.lobby.turnAway')}
          </Button>
          <Menu dark name={t('host.lobby.more', { name })} icon={<Ellipsis {...icon} />}>
            <MenuAction icon={<UsersRound {...icon} />} onAction={() => props.onAsk('network')}>
              {t('host.lobby.turnAwayNetwork')}
            </MenuAction>
            {props.mayBan && (
              <MenuAction danger icon={<Ban {...icon} />} onAction={() => props.onAsk('forGood')}>
                {t('host.lobby.turnAwayForGood')}
              </MenuAction>
            )}
          </Menu>
        </div>
      </li>
    );
  },
  (before, after) =>
    before.knock === after.knock && before.since === after.since && before.mayBan === after.mayBan,
);
