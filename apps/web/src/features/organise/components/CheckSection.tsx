import { MEETING_ROUTES, type MeetingCheck, type StrangerCase } from '@conclave/protocol';
import { DoorClosed, DoorOpen, Hourglass } from 'lucide-react';
import { Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { lazyPart } from '../../../ui/lazyPart.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import { meetingLink } from '../../home/model/links.ts';
import styles from './CheckSection.module.css';
import { useOrganised } from './useOrganised.ts';

const MeetingSettingsDialog = lazyPart(() => import('../../home/components/MeetingSettingsDialog.tsx'));
const icons = {
  straight: DoorOpen,
  waits: Hourglass,
  'passcode-needed': DoorClosed,
  'sign-in-needed': DoorClosed,
};

/** As a stranger would see it (D11): what those get who try to come in, and what to change. */
export default function CheckSection() {
  const { t } = useTranslation();
  const { meeting, set } = useOrganised();
  const { id } = meeting;
  const [changing, setChanging] = useState(false);
  const load = useCallback(() => call(MEETING_ROUTES.checkMeeting, { params: { id } }), [id]);
  const { state, reload } = useLoaded(load);
  return (
    <>
      <Section title={t('organise.sections.check')} lead={t('organise.check.lead')}>
        <Shown state={state} reload={reload}>
          {(check) => (
            <>
              <Rows>
                {check.cases.map((one) => (
                  <Case key={one.who} one={one} />
                ))}
              </Rows>
              <Warnings check={check} onChange={meeting.role === 'host' ? () => setChanging(true) : null} />
            </>
          )}
        </Shown>
        {changing && (
          <Suspense>
            <MeetingSettingsDialog
              choices={meeting.choices}
              onSave={async (choices) => {
                set(await call(MEETING_ROUTES.changeMeeting, { params: { id }, body: { choices } }));
                await reload();
              }}
              onClose={() => setChanging(false)}
            />
          </Suspense>
        )}
      </Section>
      <TryIt meetingId={id} />
    </>
  );
}

function Case({ one }: { readonly one: StrangerCase }) {
  const { t } = useTranslation();
  const Icon = icons[one.way];
  const { inside } = one;
  const may = inside === null ? [] : (['screen', 'files', 'chat'] as const).filter((what) => inside[what]);
  return (
    <Row
      icon={<Icon size={22} aria-hidden="true" />}
      title={t(`organise.check.cases.${one.who}`)}
      detail={
        <>
          <span className={styles.way}>{t(`organise.check.ways.${one.way}`)}.</span>{' '}
          {t(`organise.check.why.${one.way}`)}
          {inside !== null && (
            <>
              <br />
              {may.length === 0
                ? t('organise.check.insideNothing')
                : t('organise.check.inside', {
                    what: may.map((what) => t(`organise.check.${what}`)).join(', '),
                  })}
              {'. '}
              {t(inside.devicesOff ? 'organise.check.devicesOff' : 'organise.check.devicesOn')}
            </>
          )}
        </>
      }
    />
  );
}

function Warnings(props: { readonly check: MeetingCheck; readonly onChange: (() => void) | null }) {
  const { t } = useTranslation();
  const { warnings } = props.check;
  if (warnings.length === 0) return <p className={styles.good}>{t('organise.check.fine')}</p>;
  return (
    <div className={styles.warnings}>
      {warnings.map(({ warning, changeable }) => (
        <Notice key={warning} kind="warn">
          <p>{t(`organise.check.warnings.${warning}`)}</p>
          {!changeable && <p>{t('organise.check.fixed')}</p>}
        </Notice>
      ))}
      {props.onChange !== null && warnings.some(({ changeable }) => changeable) && (
        <div>
          <Button onPress={props.onChange}>{t('organise.check.change')}</Button>
        </div>
      )}
    </div>
  );
}

function TryIt({ meetingId }: { readonly meetingId: string }) {
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const link = meetingLink(location.origin, meetingId, null);
  return (
    <Section title={t('organise.check.tryTitle')}>
      <div className={styles.try}>
        <p>{t('organise.check.try')}</p>
        <Button onPress={() => void copy(link, t('organise.check.copied'))}>
          {t('organise.check.copy')}
        </Button>
      </div>
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </Section>
  );
}
