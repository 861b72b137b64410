import styles from './Logo.module.css';

/** A closed circle with one way in. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <path
          d="M26.4 22a12 12 0 1 1 0-12"
          fill="none"
          stroke="currentColor"
          strokeWidth="3.2"
          strokeLinecap="round"
        />
        <circle cx="16" cy="14" r="3.2" fill="currentColor" />
        <path d="M16 15v6.4" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      </svg>
      <span>Conclave</span>
    </span>
  );
}
