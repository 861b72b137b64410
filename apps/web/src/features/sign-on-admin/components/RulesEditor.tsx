import '../texts.ts';
import type { Role, RoleId } from '@conclave/protocol';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import styles from './RulesEditor.module.css';

/** A rule as this editor knows it: a directory's have no claim, because there a group is meant always. */
export interface Rule {
  readonly claim: string | null;
  readonly value: string;
  readonly role: RoleId;
}

/** Rules in their order, of which the first that fits wins. */
export function RulesEditor(props: {
  readonly rules: readonly Rule[];
  readonly own: readonly Role[];
  /** Whether a rule names a claim. */
  readonly claims: boolean;
  readonly onChange: (rules: Rule[]) => void;
}) {
  const { t } = useTranslation();
  const change = (at: number, rule: Rule) =>
    props.onChange(props.rules.map((former, index) => (index === at ? rule : former)));
  return (
    <div className={styles.rules}>
      {props.rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name than their place
        <div key={at} className={props.claims ? styles.rule : `${styles.rule} ${styles.short}`}>
          {props.claims && (
            <TextField
              label={t('signOnAdmin.form.claim')}
              value={rule.claim ?? ''}
              code
              onChange={(claim) => change(at, { ...rule, claim })}
            />
          )}
          <TextField
            label={props.claims ? t('signOnAdmin.form.value') : t('signOnAdmin.form.ruleGroup')}
            value={rule.value}
            code
            onChange={(value) => change(at, { ...rule, value })}
          />
          <RoleSelect
            label={t('signOnAdmin.form.gives')}
            value={rule.role}
            own={props.own}
            onChange={(role) => change(at, { ...rule, role })}
          />
          <IconButton
            name={t('signOnAdmin.form.removeRule', { number: at + 1 })}
            onPress={() => props.onChange(props.rules.filter((_, index) => index !== at))}
          >
            <Trash2 size={18} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() =>
            props.onChange([
              ...props.rules,
              { claim: props.claims ? 'groups' : null, value: '', role: 'organiser' },
            ])
          }
        >
          {t('signOnAdmin.form.addRule')}
        </Button>
      </div>
    </div>
  );
}
