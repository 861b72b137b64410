import koffi from 'koffi';

/** The address of something that C made and that only C looks into. Addresses in a process are below 2^53. */
export type Pointer = number;
export const NULL: Pointer = 0;

/** The address of memory of ours; `NativeMemory` is the only place that makes one. */
export type Address = number;

/** A result or parameter of a C function. `bytes` is a pointer into memory of ours, or NULL. */
interface CTypes {
  readonly void: undefined;
  readonly int: number;
  readonly long: number;
  readonly size: number;
  readonly pointer: Pointer;
  readonly bytes: Uint8Array | null;
  readonly address: Address;
  readonly string: string | null;
}
type CType = keyof CTypes;
type Values<T extends readonly CType[]> = { -readonly [K in keyof T]: CTypes[T[K]] };

const NAMES: Readonly<Record<CType, string>> = {
  void: 'void',
  int: 'int',
  long: 'long',
  size: 'size_t',
  pointer: 'uintptr_t',
  bytes: 'uint8_t *',
  address: 'uintptr_t',
  string: 'const char *',
};

/** What this process itself exports: the C library, and the OpenSSL that Node is made with. */
const library = koffi.load(null);

/**
 * A C function of this process, called without a copy of what its pointers point to. What is passed is checked for its
 * kind and for nothing else: lengths are the caller's duty, so each of these functions is called from one place only,
 * which owns the memory.
 * Throws when the process has no such function.
 */
export function native<R extends CType, const P extends readonly CType[]>(
  result: R,
  name: string,
  parameters: P,
): (...args: Values<P>) => CTypes[R] {
  return library.func(
    name,
    NAMES[result],
    parameters.map((type) => NAMES[type]),
  );
}

/** A C function pointer that calls `callback`, which must not throw, for as long as the process lives. */
export function nativeCallback(name: string, parameters: readonly CType[], callback: () => number): Pointer {
  const proto = koffi.proto(
    name,
    'int',
    parameters.map((type) => NAMES[type]),
  );
  return Number(koffi.register(callback, koffi.pointer(proto)));
}

/** @returns a 32-bit or 64-bit unsigned number of C's `unsigned long`, `offset` bytes behind an address. */
export function readUnsignedLong(address: Pointer, offset: number): number {
  return Number(koffi.decode(BigInt(address), offset, 'unsigned long'));
}

/** Of memory outside V8's heap, which stays where it is as long as something refers to it. */
export function addressOf(bytes: Uint8Array): Address {
  return Number(koffi.address(bytes));
}

/** `errno` of the last call. */
export function lastError(): number {
  return koffi.errno();
}
