import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { Row } from '../../../ui/Section.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import { invitationLink } from '../../home/model/links.ts';
import { stateOf } from '../model/stateOf.ts';
import { InvitationMenu, type InvitationRowProps } from './InvitationMenu.tsx';
import styles from './PeopleSection.module.css';

/** Somebody who is invited: how far they are, their link, and everything else in a menu. */
export function InvitationRow(props: InvitationRowProps) {
  const { meeting, invitation } = props;
  const { name, email, secret } = invitation;
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const state = stateOf(invitation);
  const outdated = invitation.mailCurrent === false && invitation.revokedAt === null;
  return (
    <Row
      stacked
      title={<bdi>{name}</bdi>}
      mark={t(`organise.people.states.${state.name}`)}
      faded={state.name === 'revoked'}
      detail={
        <>
          {email !== null && <span>{email} · </span>}
          <span>{timeAgo(state.since, Date.now())}</span>
          {outdated && (
            <>
              <br />
              <span className={styles.outdated}>{t('organise.people.outdated')}</span>
            </>
          )}
        </>
      }
      end={
        props.mayChange && (
          <>
            {secret !== null && (
              <Button
                aria-label={t('organise.people.copyOf', { name })}
                icon={<Link2 size={18} aria-hidden="true" />}
                onPress={() =>
                  void copy(
                    invitationLink(location.origin, meeting.id, secret, null),
                    t('organise.people.copied', { name }),
                  )
                }
              >
                {t('organise.people.copy')}
              </Button>
            )}
            <InvitationMenu {...props} copy={copy} />
            {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
          </>
        )
      }
    />
  );
}
