/**
 * The version of the signalling and REST contract. A client says it in its first message; a server that
 * does not speak it answers `protocol.version` and the client asks for a reload.
 */
export const PROTOCOL_VERSION = 6;
