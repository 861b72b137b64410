import {
  CONTACT_ROUTES,
  type Contact,
  type DirectoryPage,
  type DirectoryPerson,
  LIMITS,
} from '@conclave/protocol';
import { Ellipsis, PhoneOff, UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as z from 'zod/mini';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Menu, MenuAction } from '../../../ui/Menu.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { BlockDialog } from './BlockDialog.tsx';
import { CallButton } from './CallButton.tsx';
import { Nothing } from './Nothing.tsx';
import { PersonLine } from './PersonLine.tsx';

type Person = z.output<typeof DirectoryPerson>;
type Found = z.output<typeof DirectoryPage>;

/** While somebody types, only what they stop at is asked for. */
const pauseMs = 250;

export function Directory(props: { readonly contacts: readonly Contact[]; readonly onAdded: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { found, problem } = useSearch(text.trim());
  return (
    <Section title={t('calls.sections.people')} lead={t('calls.people.lead')}>
      <search>
        <TextField
          label={t('calls.people.search')}
          help={t('calls.people.searchHelp')}
          maxLength={100}
          value={text}
          onChange={setText}
        />
      </search>
      {problem !== null && <Problem error={problem} />}
      <div role="status">
        {found !== null && found.people.length === 0 && <Nothing>{t('calls.people.nobody')}</Nothing>}
        {found?.more === true && <p>{t('calls.people.more')}</p>}
      </div>
      {found !== null && found.people.length > 0 && (
        <Rows>
          {found.people.map((person) => (
            <FoundPerson
              key={person.accountId}
              person={person}
              known={props.contacts.some(({ accountId }) => accountId === person.accountId)}
              onAdded={props.onAdded}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function Problem({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const closed = RequestError.of(error).code === 'auth.forbidden';
  return (
    <Notice kind={closed ? 'info' : 'error'} live>
      {closed ? t('calls.people.closed') : errorText(error)}
    </Notice>
  );
}

function FoundPerson(props: {
  readonly person: Person;
  readonly known: boolean;
  readonly onAdded: () => void;
}) {
  const { person, known } = props;
  const { accountId, name, email } = person;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [blocking, setBlocking] = useState(false);
  const add = async () => {
    try {
      await call(CONTACT_ROUTES.addContact, { body: { name, email } });
      showToast(t('calls.people.added', { name }));
      props.onAdded();
    } catch (error) {
      showToast(errorText(error));
    }
  };
  return (
    <>
      <PersonLine
        id={accountId}
        name={name}
        detail={email}
        end={
          <>
            <CallButton accountId={accountId} name={name} />
            <Menu name={t('calls.people.actions', { name })} icon={<Ellipsis size={20} aria-hidden="true" />}>
              {!known && (
                <MenuAction icon={<UserPlus size={18} aria-hidden="true" />} onAction={() => void add()}>
                  {t('calls.people.addTo')}
                </MenuAction>
              )}
              <MenuAction
                icon={<PhoneOff size={18} aria-hidden="true" />}
                danger
                onAction={() => setBlocking(true)}
              >
                {t('calls.people.block')}
              </MenuAction>
            </Menu>
          </>
        }
      />
      {blocking && <BlockDialog accountId={accountId} name={name} onClose={() => setBlocking(false)} />}
    </>
  );
}

/** Of several searches under way the latest counts. */
function useSearch(search: string): { readonly found: Found | null; readonly problem: unknown } {
  const [state, setState] = useState<{ found: Found | null; problem: unknown }>({
    found: null,
    problem: null,
  });
  useEffect(() => {
    if (search.length < LIMITS.directoryLetters) return setState({ found: null, problem: null });
    let wanted = true;
    const timer = setTimeout(() => {
      call(CONTACT_ROUTES.searchDirectory, { query: { search } }).then(
        (found) => wanted && setState({ found, problem: null }),
        (problem: unknown) => wanted && setState({ found: null, problem }),
      );
    }, pauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [search]);
  return state;
}
