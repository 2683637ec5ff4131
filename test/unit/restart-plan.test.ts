import { describe, expect, it } from 'vitest'
import { RestartPlan } from '../../src/indexer/restart-plan'

const AWAY = { progressed: false, remedy: 'retry' } as const
const BUG = { progressed: false, remedy: 'unknown' } as const
const pauseOf = (step: object) => ('pauseMs' in step ? step.pauseMs : undefined)

describe('when the indexer starts again', () => {
  it('a database that is away for days is waited for, and looked at every ten seconds', () => {
    const plan = new RestartPlan()
    const steps = Array.from({ length: 20_000 }, () => plan.after(AWAY))
    expect(steps.filter((step) => 'give' in step)).toEqual([])
    expect(pauseOf(steps[0] ?? {})).toBe(250)
    expect(pauseOf(steps.at(-1) ?? {})).toBe(10_000)
  })

  it('a bug that ends every run ends the process after twelve of them, within minutes', () => {
    const plan = new RestartPlan()
    const steps = Array.from({ length: 12 }, () => plan.after(BUG))
    expect(steps.findIndex((step) => 'give' in step)).toBe(11)
    const pauses = steps.map((step) => Number(pauseOf(step) ?? 0))
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5 * 60_000)
  })

  it('a bug is not forgiven because the database went away in between', () => {
    const plan = new RestartPlan()
    for (let n = 0; n < 11; n++) {
      expect(plan.after(BUG)).not.toHaveProperty('give')
      plan.after(AWAY)
    }
    expect(plan.after(BUG)).toEqual({ give: 'up' })
  })

  it('runs that bring something may fail as often as they like', () => {
    const plan = new RestartPlan()
    for (let n = 0; n < 100; n++) {
      expect(pauseOf(plan.after({ ...BUG, progressed: true }))).toBe(250)
    }
  })
})
