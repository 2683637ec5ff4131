/**
 * A URL as it may be shown in a log or an error: user, password, query and a path that may be a key
 * (node providers put keys there) are left out.
 */
export function redactUrl(text: string): string {
  try {
    const url = new URL(text)
    const path = url.protocol.startsWith('postgres')
      ? url.pathname
      : url.pathname === '/'
        ? ''
        : '/…'
    const user = url.username || url.password ? '…@' : ''
    return `${url.protocol}//${user}${url.host}${path}`
  } catch {
    return '(unreadable URL)'
  }
}
