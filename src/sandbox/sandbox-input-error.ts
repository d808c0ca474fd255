/** A fixture, fault, clock or option that the sandbox cannot use; the message names what and where. */
export class SandboxInputError extends Error {
  override readonly name = 'SandboxInputError';
}
