import { type Invited, PEOPLE_ROUTES } from '@conclave/protocol';
import { UserPlus } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useObservable } from '../../../ui/useObservable.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { PeopleList } from '../model/peopleList.ts';
import { InvitationDialog } from './InvitationDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import styles from './PeopleSection.module.css';
import { PersonRow } from './PersonRow.tsx';
import { useAct } from './useAct.ts';

/** Who has an account: found by name, invited, given a role, suspended. */
export default function PeopleSection() {
  const { t } = useTranslation();
  const act = useAct();
  const mayManage = useAccount().abilities.includes('people.manage');
  const list = useMemo(() => new PeopleList(), []);
  const shown = useObservable(list.state);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const loadRoles = useCallback(async () => (await call(PEOPLE_ROUTES.listRoles)).roles, []);
  const roles = useLoaded(loadRoles);
  const knownRoles = roles.state.name === 'ready' ? roles.state.value : [];

  // biome-ignore lint/correctness/useExhaustiveDependencies: each search asks anew, and nothing else does
  useEffect(() => {
    const timer = setTimeout(() => void act(() => list.find(wanted), null), wanted === '' ? 0 : 250);
    return () => clearTimeout(timer);
  }, [wanted, list]);

  return (
    <Section
      title={t('admin.sections.people')}
      lead={shown !== null && search === '' ? t('admin.people.lead', { count: shown.total }) : undefined}
      actions={
        mayManage && (
          <Button
            look="primary"
            icon={<UserPlus size={20} aria-hidden="true" />}
            onPress={() => setInviting(true)}
          >
            {t('admin.people.invite')}
          </Button>
        )
      }
    >
      <div className={styles.search}>
        <TextField
          label={t('admin.people.search')}
          name="search"
          autoComplete="off"
          maxLength={100}
          value={search}
          onChange={setSearch}
        />
      </div>
      {shown === null && <Loading />}
      {shown !== null && shown.people.length === 0 && <p role="status">{t('admin.people.none')}</p>}
      {shown !== null && shown.people.length > 0 && (
        <Rows>
          {shown.people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              roles={knownRoles}
              list={list}
              onInvited={setInvited}
            />
          ))}
        </Rows>
      )}
      {shown?.more === true && (
        <div>
          <Button onPress={() => void act(() => list.more(), null)}>{t('admin.people.more')}</Button>
        </div>
      )}
      {inviting && (
        <InviteDialog
          roles={knownRoles}
          onInvited={(answer) => {
            list.put(answer.person);
            setInvited(answer);
          }}
          onClose={() => setInviting(false)}
        />
      )}
      {invited !== null && !inviting && (
        <InvitationDialog invited={invited} onClose={() => setInvited(null)} />
      )}
    </Section>
  );
}
