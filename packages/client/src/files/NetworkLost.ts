/** Nothing came back: the network or the service is away. */
export class NetworkLost extends Error {
  override readonly name = 'NetworkLost';
}
