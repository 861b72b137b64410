import type { Policy, SettingId } from '@conclave/protocol';
import { useTranslation } from 'react-i18next';
import { valueName } from './valueName.ts';

const texts: readonly SettingId[] = ['storageLocation', 'mediaLocation', 'dataContact'];
const uuid = /^[0-9a-f-]{36}$/;

/** A value of a setting in words, for where it is told and not edited. */
export function useValueText(): (id: SettingId, policy: Policy) => string {
  const { t } = useTranslation();
  const word = (id: SettingId, value: string | number | null): string => {
    if (value === null) return t('policy.keep');
    if (typeof value === 'number') {
      if (id === 'participants') return t('policy.values.people', { count: value });
      if (id === 'passwordLength') return t('policy.values.characters', { count: value });
      return t('policy.values.days', { count: value });
    }
    if (texts.includes(id)) return value === '' ? t('policy.values.nothing') : value;
    return valueName(t, id, uuid.test(value) ? 'other' : value);
  };
  return (id, policy) => {
    const value = policy[id];
    if (Array.isArray(value)) return value.map((one) => word(id, one)).join(', ');
    if (typeof value !== 'object' || value === null) return word(id, value);
    if (value.mode === 'off') return t('policy.modes.off');
    return `${word(id, value.value)} (${t(`policy.modes.${value.mode}`)})`;
  };
}
