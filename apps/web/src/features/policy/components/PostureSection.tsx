import '../postureTexts.ts';
import {
  POLICY_ROUTES,
  POSTURE_POINTS,
  PostureList,
  type PosturePoint,
  type PostureState,
} from '@conclave/protocol';
import { CircleCheck, CircleDashed, CircleX, UserRoundCog } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Section } from '../../../ui/Section.tsx';
import { PartLink } from '../../../ui/Sections.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { anchorOf } from '../model/groups.ts';
import styles from './PostureSection.module.css';

const icons = { met: CircleCheck, 'not-met': CircleX, outside: UserRoundCog, 'not-offered': CircleDashed };
const classes = {
  met: styles.met,
  'not-met': styles.notMet,
  outside: styles.outside,
  'not-offered': styles.outside,
};

/** Administration: how the service stands against what two lists ask for. */
export default function PostureSection() {
  const { t } = useTranslation();
  const load = useCallback(async () => (await call(POLICY_ROUTES.readPosture)).points, []);
  const { state, reload } = useLoaded(load);
  return (
    <>
      <p className={styles.lead}>{t('posture.lead')}</p>
      <Shown state={state} reload={reload}>
        {(points) => (
          <>
            {PostureList.options.map((list) => (
              <List
                key={list}
                list={list}
                points={points.filter(({ id }) => POSTURE_POINTS[id].list === list)}
              />
            ))}
          </>
        )}
      </Shown>
    </>
  );
}

function List({ list, points }: { readonly list: PostureList; readonly points: readonly PosturePoint[] }) {
  const { t } = useTranslation();
  const count = (state: PostureState) => points.filter((point) => point.state === state).length;
  const met = count('met');
  return (
    <Section
      title={t(`posture.lists.${list}`)}
      lead={t('posture.count', { met, count: met + count('not-met') })}
    >
      <ul className={styles.points}>
        {points.map((point) => (
          <Point key={point.id} point={point} />
        ))}
      </ul>
    </Section>
  );
}

function Point({ point }: { readonly point: PosturePoint }) {
  const { t } = useTranslation();
  const { state, settings } = point;
  const [setting] = settings;
  const Icon = icons[state];
  // The ids have a dot, which the texts would take for another level.
  const words = t('posture.points', { returnObjects: true }) as unknown as Record<
    string,
    { readonly title: string; readonly why: string }
  >;
  const { title = '', why = '' } = words[point.id] ?? {};
  return (
    <li className={styles.point}>
      <span className={`${styles.state} ${classes[state]}`}>
        <Icon size={20} aria-hidden="true" />
        {t(`posture.states.${state}`)}
      </span>
      <div className={styles.words}>
        <h3>{title}</h3>
        <p>{why}</p>
      </div>
      {state === 'not-met' && setting !== undefined && (
        <PartLink to={`/admin/policy#${anchorOf(setting)}`} name={t('posture.changeOf', { title })}>
          {t('posture.change')}
        </PartLink>
      )}
    </li>
  );
}
