/** Whether it is a host's name as addresses have it: Latin letters, digits and dashes, in parts with points between them. */
export function isHostName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text)
}
