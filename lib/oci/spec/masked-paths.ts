/**
 * Paths hidden from or read-only to the container: exactly what the client lists (kubelet sends its procMount's
 * lists; CRI has no way to say "your default", so an empty list means none). A privileged container has neither.
 */
export function protectedPaths(security: { readonly privileged: boolean; readonly maskedPaths: readonly string[]; readonly readonlyPaths: readonly string[] }): { maskedPaths: readonly string[]; readonlyPaths: readonly string[] } {
  return security.privileged ? { maskedPaths: [], readonlyPaths: [] } : { maskedPaths: security.maskedPaths, readonlyPaths: security.readonlyPaths };
}
