/** The service will not start as it is set up. The message tells the person who starts it what to change. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
