import { DATA_ROUTES, PEOPLE_ROUTES, type Person } from '@conclave/protocol';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Row, Rows, Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { saveData } from '../saveData.ts';
import styles from './Data.module.css';
import { EraseDialog } from './EraseDialog.tsx';

const shownAtOnce = 5;

/** Finds somebody, and gives out or erases what is kept about them. */
export function PersonData(props: { readonly mayExport: boolean; readonly mayErase: boolean }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const [found, setFound] = useState<readonly Person[] | null>(null);
  const [erasing, setErasing] = useState<Person | null>(null);

  useEffect(() => {
    if (wanted === '') {
      setFound(null);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      call(PEOPLE_ROUTES.listPeople, { query: { search: wanted } }).then(
        ({ people }) => current && setFound(people.slice(0, shownAtOnce)),
        (error) => current && showToast(errorText(error)),
      );
    }, 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, errorText]);

  const download = async ({ id }: Person) => {
    try {
      saveData(await call(DATA_ROUTES.exportData, { params: { id } }));
    } catch (error) {
      showToast(errorText(error));
    }
  };

  return (
    <Section title={t('data.admin.personTitle')} lead={t('data.admin.personLead')}>
      <div className={styles.search}>
        <TextField
          label={t('data.admin.search')}
          name="person"
          autoComplete="off"
          maxLength={100}
          value={search}
          onChange={setSearch}
        />
      </div>
      <div aria-live="polite">
        {found?.length === 0 && <p className={styles.soft}>{t('data.admin.nobody')}</p>}
        {found !== null && found.length > 0 && (
          <Rows>
            {found.map((person) => (
              <Row
                key={person.id}
                title={person.name}
                detail={person.email}
                end={
                  <>
                    {props.mayExport && (
                      <Button
                        aria-label={t('data.admin.downloadOf', { name: person.name })}
                        onPress={() => void download(person)}
                      >
                        {t('data.admin.download')}
                      </Button>
                    )}
                    {props.mayErase && (
                      <Button
                        look="danger"
                        aria-label={t('data.admin.eraseOf', { name: person.name })}
                        onPress={() => setErasing(person)}
                      >
                        {t('data.admin.erase')}
                      </Button>
                    )}
                  </>
                }
              />
            ))}
          </Rows>
        )}
      </div>
      {erasing !== null && (
        <EraseDialog
          title={t('data.admin.eraseTitle', { name: erasing.name })}
          text={t('data.admin.eraseText')}
          label={t('data.admin.confirm', { email: erasing.email })}
          email={erasing.email}
          onErase={(email) => call(DATA_ROUTES.eraseData, { params: { id: erasing.id }, body: { email } })}
          onErased={() => {
            showToast(t('data.admin.erased', { name: erasing.name }));
            setFound(found?.filter(({ id }) => id !== erasing.id) ?? null);
          }}
          onClose={() => setErasing(null)}
        />
      )}
    </Section>
  );
}
