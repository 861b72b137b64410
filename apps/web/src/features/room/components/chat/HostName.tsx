import { Fragment } from 'react';

/** The name of a host, which breaks between its labels where a line is too short for it. */
export function HostName({ host }: { readonly host: string }) {
  return host.split('.').map((label, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the labels of a name never change their places
    <Fragment key={index}>
      {index > 0 && (
        <>
          <wbr />.
        </>
      )}
      {label}
    </Fragment>
  ));
}
