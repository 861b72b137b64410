import { type ComponentType, Suspense, useEffect, useRef } from 'react';
import { Link, Route, Routes, useLocation } from 'react-router';
import { cx } from './cx.ts';
import { Loading } from './Loading.tsx';
import styles from './Sections.module.css';

export interface SectionLink {
  /** Below the page's own path; the first one is where the page opens. */
  readonly path: string;
  readonly title: string;
  readonly Content: ComponentType;
}

/** A page in parts: their list beside (above, on a phone), and the one that is open. Each is fetched when it is opened. */
export function Sections(props: {
  readonly name: string;
  readonly base: string;
  readonly sections: readonly SectionLink[];
  readonly missing: ComponentType;
}) {
  const [first] = props.sections;
  const Missing = props.missing;
  const here = useRef<HTMLAnchorElement>(null);
  const open = useLocation().pathname.slice(props.base.length).split('/')[1] || first?.path;
  // On a phone the list is wider than the screen.
  useEffect(() => {
    if (open !== undefined) here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  return (
    <div className={styles.layout}>
      <nav className={styles.nav} aria-label={props.name}>
        <ul>
          {props.sections.map(({ path, title }) => (
            <li key={path}>
              <Link
                ref={path === open ? here : undefined}
                to={`${props.base}/${path}`}
                className={cx(styles.link, path === open && styles.here)}
                {...(path === open ? { 'aria-current': 'page' as const } : {})}
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.content}>
        <Suspense fallback={<Loading />}>
          <Routes>
            {props.sections.map(({ path, Content }) => (
              <Route key={path} path={`${path}/*`} element={<Content />} />
            ))}
            {first !== undefined && <Route index element={<first.Content />} />}
            <Route path="*" element={<Missing />} />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
}

/** A way to another part, which may be one of another page. */
export function PartLink(props: { readonly to: string; readonly name?: string; readonly children: string }) {
  return (
    <Link
      to={props.to}
      className={styles.part}
      {...(props.name === undefined ? {} : { 'aria-label': props.name })}
    >
      {props.children}
    </Link>
  );
}
