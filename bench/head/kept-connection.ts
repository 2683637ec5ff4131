import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** JSON over one HTTP connection that stays open: no answer waits for a handshake. */
export class KeptConnection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true })

  constructor(private readonly url: string) {}

  /** The answer to a POST; rejects where the connection breaks or the answer is no JSON. */
  async post(body: unknown): Promise<unknown> {
    const payload = Buffer.from(JSON.stringify(body))
    const headers = { 'content-type': 'application/json', 'content-length': payload.byteLength }
    return new Promise((resolve, reject) => {
      const sent = request(this.url, { method: 'POST', headers, agent: this.agent }, (response) => {
        text(response)
          .then((answer) => resolve(JSON.parse(answer)))
          .catch(reject)
      })
      sent.once('error', reject)
      sent.end(payload)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}
