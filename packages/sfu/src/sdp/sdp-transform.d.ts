/** The part of sdp-transform 3 that we use; the package carries no types. Values are as unknown as the text they come from. */
declare module 'sdp-transform' {
  const transform: {
    parse(sdp: string): Record<string, unknown>;
    write(session: Record<string, unknown>): string;
  };
  export default transform;
}
