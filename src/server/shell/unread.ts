/** Octets that may wait in the process for a reader; what the kernel holds for a connection is not counted. */
export const UNREAD = 64 * 1024
