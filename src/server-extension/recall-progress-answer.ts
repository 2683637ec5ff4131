import { setImmediate } from 'node:timers/promises'
import type { Context } from '@subsquid/openreader/lib/context'
import type { RecallProgress } from '../query/recall-progress'
import {
  type ConsigneePage,
  type ConsigneesRequest,
  type ConsigneeTotals,
  consigneeTotals,
  progressByConsignee,
} from '../query/recall-progress/consignees'
import { progressCounts } from '../query/recall-progress/counts'
import { type MoveCounts, moveCounts } from '../query/recall-progress/moves'
import type { Reconciliation } from '../query/recall-progress/reconciliation'
import { type RecallWhereabouts, recallWhereabouts } from '../query/recall-progress/whereabouts'
import type { Sql } from '../query/sql'
import { ask, type OpenTransaction } from './ask'
import { spendPage, spendQuestion } from './size-limit'
import type { RecallProgressType } from './types/recall-progress'

/** The progress of a recall as it is answered: what several fields are read from is put once. */
export class RecallProgressAnswer implements RecallProgressType {
  private counting?: Promise<Reconciliation>
  private locating?: Promise<RecallWhereabouts>
  private listingConsignees?: Promise<ConsigneePage>
  private totalling?: Promise<ConsigneeTotals>
  private countingMoves?: Promise<MoveCounts>

  constructor(
    readonly progress: RecallProgress,
    private readonly transaction: OpenTransaction,
  ) {}

  get asOf() {
    return this.progress.asOf
  }

  get issuedAt() {
    return this.progress.issuedAt
  }

  get closedAt() {
    return this.progress.closedAt
  }

  reconciliation(context: Context): Promise<Reconciliation> {
    this.counting ??= this.put(context, progressCounts)
    return this.counting
  }

  whereabouts(context: Context): Promise<RecallWhereabouts> {
    this.locating ??= this.put(context, recallWhereabouts)
    return this.locating
  }

  consignees(context: Context, request: ConsigneesRequest): Promise<ConsigneePage> {
    const page = this.put(
      context,
      (sql, progress) => progressByConsignee(sql, progress, request),
      request.first,
    )
    this.listingConsignees ??= page
    return page
  }

  /**
   * A page of consignees brings the totals along. Whether one is selected too is known when every
   * field of the selection had its turn.
   */
  async consigneeTotals(context: Context): Promise<ConsigneeTotals> {
    await setImmediate()
    if (this.listingConsignees !== undefined) return (await this.listingConsignees).totals
    this.totalling ??= this.put(context, consigneeTotals)
    return this.totalling
  }

  moveCounts(context: Context): Promise<MoveCounts> {
    this.countingMoves ??= this.put(context, moveCounts)
    return this.countingMoves
  }

  /** @param rows of a page, as many as the answer can have */
  put<Answer>(
    context: Context,
    question: (sql: Sql, progress: RecallProgress) => Promise<Answer>,
    rows?: number,
  ): Promise<Answer> {
    if (rows === undefined) spendQuestion(context)
    else spendPage(context, rows)
    return ask(this.transaction, (sql) => question(sql, this.progress))
  }
}
